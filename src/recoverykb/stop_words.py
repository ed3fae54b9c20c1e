"""Little words that carry no subject."""

_STOP_WORDS = """
a about am an and any anybody anyone are as at be been but by can cant could did didnt do does doesnt
dont else for from get gets getting go going got had has have he her hes him his how i id if im in is
isnt it its ive just let lets like me my near need needs no nobody not now of on or our out please really
right she shes should so some somebody someone something tell than that the their them there they theyre
this to too us using want wants was we well were what whats when where which who whos why will with wont
would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Little words that carry no subject; left out unless a query has nothing else."""

_FOREIGN = """
a ab al alla an and as au aux bei bin cerca ce che chez com come como con da dal dans das de degli
dei del della den der des di dia die do dos du e ein eine einem einen einer el em en es et fur gli i
ich il im in io is je kwa la las le les lo los ma me mein meine mi mia mio mit mon na near nel no o
onde ou para pas per perto por pour pres que saya se su sul um uma un una und une untuk vicino von
wa wie wo y ya yang zu zum zur в во где для и как мне на по с у я де мені про та як
"""
FOREIGN_STOP_WORDS = frozenset(_FOREIGN.split())
"""Little words of other languages, folded; left out only where the query has a word of such a language, for
many of them are abbreviations or words in English."""
ALL_STOP_WORDS = STOP_WORDS | FOREIGN_STOP_WORDS
"""The little words of every language."""
