"""Which language a query may be in, by its script and its little words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Final

_SCRIPTS: Final = (
    (0x0370, 0x03FF, "el"), (0x0531, 0x058F, "hy"), (0x0590, 0x05FF, "he"), (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"), (0x0A80, 0x0AFF, "gu"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"), (0x0D00, 0x0D7F, "ml"), (0x0D80, 0x0DFF, "si"), (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"), (0x1000, 0x109F, "my"), (0x10A0, 0x10FF, "ka"), (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"), (0x3040, 0x30FF, "ja"), (0xAC00, 0xD7A3, "ko"),
)  # fmt: skip
"""Scripts that one language is mostly written in: first and last code point, and its tag."""

_HAN: Final = (0x4E00, 0x9FFF)
_TRADITIONAL: Final = frozenset("專線醫藥癮個這們來說號會對媽兒幫處應還麼癒釋灣")
"""Frequent Chinese characters that only Hong Kong, Macao and Taiwan write so."""
_JAPANESE: Final = frozenset("薬気込駅働売買対図値変読続実戻払")
"""Frequent Chinese characters that only Japan writes so."""

_LITTLE: Final[Mapping[str, str]] = {
    "fr": "un une le la les des du et est pour avec sans mon ma mes je il elle qui que quoi comment sur",
    "es": "un una el la los las del de y es para con sin mi mis yo que como donde cuando quien no pero mas",
    "pt": "um uma o os as do da dos das de e para com sem meu minha eu que como onde quando quem nao mas",
    "it": "un una il lo la gli le del della di e per con senza mio mia io che come dove quando chi non ma",
    "de": "ein eine einen der die das den dem und ist fur mit ohne mein meine meinen ich er sie wer was",
    "nl": "een het de en is voor met zonder mijn ik hij zij wie wat hoe waar niet maar van naar op te",
    "sv": "en ett och ar for med utan min mitt jag han hon vem vad hur var inte men till fran pa som vill",
    "no": "en et og er for med uten min mitt jeg han hun hvem hva hvor hvordan ikke men til fra pa som",
    "da": "en et og er for med uden min mit jeg han hun hvem hvad hvor hvordan ikke men til fra pa som",
    "fi": "ja on ei en mita missa miten kuka mina minun han se mutta kun jos voi olen ovat kanssa ilman",
    "et": "ja on ei ma mina minu mis kus kuidas kes aga kui ta see olen saab koos ilma",
    "lv": "un ir ne es mans mana kas kur ka bet ja vins vina ar bez no uz par man",
    "lt": "ir yra ne as mano kas kur kaip bet jei jis ji su be is apie man i",
    "pl": "i w na z do nie jest sie moj moja ja on ona kto co jak gdzie ale bez dla mam po",
    "cs": "a v na z do ne je se muj moje ja on ona kdo co jak kde ale bez pro mam po si",
    "sk": "a v na z do nie je sa moj moja ja on ona kto co ako kde ale bez pre mam po si",
    "hu": "a az es nem van egy hogy mit hol hogyan ki de ha en o meg is mar vagy",
    "ro": "un o si in de la cu fara nu este meu mea eu el ea cine ce cum unde dar pentru pe sunt din",
    "tr": "bir ve ile icin ne nasil nerede kim ama degil benim ben o bu da de mi var yok",
    "sq": "nje dhe ne me pa per nuk eshte im ime une ai ajo kush cfare si ku por te e",
    "sr": "i u na sa bez za ne je se moj moja ja on ona ko sta kako gde ali da mi su od kome",
    "hr": "i u na sa bez za ne je se moj moja ja on ona tko sto kako gdje ali da mi su od kome",
    "sl": "in v na z brez za ne je se moj moja jaz on ona kdo kaj kako kje pa da mi so od",
    "id": "yang dan di ke dari untuk dengan tidak saya anak apa bagaimana mana siapa tapi ini itu ada",
    "ms": "yang dan di ke dari untuk dengan tidak saya anak apa bagaimana mana siapa tetapi ini itu ada",
    "vi": "toi bi khong cho va cua o dau lam sao ai nhung la co con nguoi duoc den",
    "sw": "na ya wa kwa ni si la za katika wapi nani nini vipi lakini mimi yangu wangu nataka niko",
    "af": "n die en is vir met sonder my ek hy sy wie wat hoe waar nie maar van na te het",
    "tl": "ang ng mga sa na ako ko mo saan sino ano paano pero hindi ay po may nang para",
    "so": "iyo waa ku ka u ma maxaa xagee sidee kuma laakiin aan ayaa",
    "ru": "и в на с не как где кто что мои моя я он она но без для по от у за из меня",
    "uk": "і в на з не як де хто що міи моя я він вона але без для по від у за із мене є",
    "bg": "и в на с не как къде кои какво моят моята аз тои тя но без за по от да се ми",
    "ar": "في من علي الي عن مع هل كيف اين ماذا لا ما انا هو هي لكن ابني",
    "fa": "و در از به با كه چه كجا كي من او اين ان است را براي نمي چطور",
    "ur": "كا كي كے ميں سے كو هے كيا كهاں كون نهيں مگر ميرا ميري اور پر",
    "hi": "का की के में से को है क्या कहां कौन नहीं मेरा मेरी और पर कैसे कर",
    "ne": "को का की मा ले लाई छ के कहां कसरी मेरो म र तर हुन्छ पाइन्छ गर्ने",
    "mr": "चा ची चे मध्ये ला आहे काय कुठे कसे माझा माझी आणि पण नाही",
}  # fmt: skip
"""Frequent little words (folded) by language: they tell languages apart."""

_WORDS: Final = {tag: frozenset(text.split()) for tag, text in _LITTLE.items()}


def script_language(words: Iterable[str]) -> str:
    """The tag of the language of the script of most letters of ``words``; nothing where it has many.

    Chinese characters are Japanese beside kana, or in a form that only Japan writes; in a form that only Hong
    Kong and Taiwan write, they are ``zh-Hant``.
    """
    text = "".join(dict.fromkeys(words))
    counted = Counter(map(_script, text))
    han = counted.pop("han", 0)
    if "ja" in counted or not _JAPANESE.isdisjoint(text):
        counted["ja"] += han
    elif not _TRADITIONAL.isdisjoint(text):
        counted["zh-Hant"] += han
    counted.pop("", None)
    tag, number = max(counted.items(), key=itemgetter(1), default=("", 0))
    return tag if number * 2 > len(text) else ""


def _script(char: str) -> str:
    """The tag of the one language of a letter's script, ``han`` for Chinese characters, or nothing."""
    code = ord(char)
    if code < _SCRIPTS[0][0]:
        return ""
    if _HAN[0] <= code <= _HAN[1]:
        return "han"
    return next((tag for first, last, tag in _SCRIPTS if first <= code <= last), "")


def little_words(words: Iterable[str]) -> dict[str, int]:
    """How many of the folded ``words`` are little words of each language that has any."""
    said = set(words)
    counted = {tag: len(known & said) for tag, known in _WORDS.items()}
    return {tag: number for tag, number in counted.items() if number}
