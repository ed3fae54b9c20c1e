"""The resource sheet: a page to hand over, print or pin up."""
