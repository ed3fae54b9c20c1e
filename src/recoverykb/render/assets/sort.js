(function () {
  "use strict";
  var status = document.getElementById("sorted");
  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var label = head.querySelector(".label").textContent;
      var button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", "Sort by " + label);
      head.append(" ", button);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table.tBodies[0], column, down ? -1 : 1);
        status.textContent = "Sorted by " + label + (down ? ", descending" : ", ascending");
      });
    });
  });
  function sort(body, column, sign) {
    var rows = Array.prototype.slice.call(body.rows).map(function (row, place) {
      var cell = row.cells[column];
      return { row: row, place: place, key: cell.dataset.sort, text: cell.textContent };
    });
    rows.sort(function (a, b) {
      var order = a.key === undefined && b.key === undefined ? a.text.localeCompare(b.text)
        : a.key === undefined ? -1 : b.key === undefined ? 1 : Number(a.key) - Number(b.key);
      return sign * order || a.place - b.place;
    });
    rows.forEach(function (entry) { body.appendChild(entry.row); });
  }
})();
