"""Little words that carry no subject."""

_STOP_WORDS = """
a about aint am an and any anybody anymore anyone are arent as at be been but by can cannot cant could
couldnt did didnt do does doesnt dont else for from get gets getting go going got had hadnt has hasnt have
havent he her hes him his how i id if im in is isnt it its ive just let lets like me more my near need needs
no nobody not now of on or our out please really right she shes should shouldnt so some somebody someone
something tell than that the their them there they theyll theyre theyve this to too us using want wants was
wasnt we wed well were weren werent weve what whats when where which who whos why will with wont would
wouldnt you your youre youve
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Little words that carry no subject; left out unless a query has nothing else."""
_SHORT_NEGATIONS = """
aint arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt wasnt werent wont wouldnt
"""
SHORT_NEGATIONS = frozenset(_SHORT_NEGATIONS.split())
"""A verb and "not" in one word."""
NEGATIONS = SHORT_NEGATIONS | {"no", "nobody", "not"}
"""Those little words that turn a label into its opposite: a doctor who won't prescribe."""

_FOREIGN = """
aan aap aapka aapke aapki ab abbiamo aber aby acaba adalah agar agli ahi ai ainda ainsi akan aku al albo ale
alla alle alli allo alors als alsjeblieft alstublieft ambao ambaye ambayo anche anda annu ao aos apa apakah
apna apnay apne apni apos aquel aquela aquele aquella aquello aqui aquilo ar artik asin atau ate att au auch
auf aunque aur aurait aus aussi aux av avais avait avec aven avere aveva avez avoir avons awak ay bado
bagaimana bagi bahut bana banget bao barah bardzo bede bedzie bei beim ben bende benden beni benim bent
berapa bhi bij bila bin bis bisa bist bitte biz bize bizi bizim blev blir bohat bohot boi boleh bolehkah
buna bunu bunun byc byl byla bylo cac ce ceci cela cerca ces cet cette changu che chez chi ci cie ciebie co
cok col com combien come como con cos cosa cose cua cual cuales cuando cuanta cuanto cui cung czy da daar
dah daha dai dal dalla dallo dan dans dar darf dari daripada das dass dat de debe debo degli deh dei dein
deine deja del dela deles della delle dello dem den dengan denn denna depuis der deras des desde dessa det
detta deu deve devo devons deze dgn di dia die diese diesem dieser dieses dimana din dina dir dit ditt dla
dlaczego doch dois doit doivent donc donde dort dos dove du dum duma duoc durante durch dus e een efter ein
eine einem einen einer eines el ela elas ele eles ella ellas elle eller elles ello ellos em en encore
entonces entre er eram erano eres es esa ese eso esos essa esse essere est esta estaba estamos estan estao
estar estas estava este esto estos estou estoy et etaient etais etait etes etre ett etwas euch eux faut
favore finns foi foram fran fue fueron fur gani gaya gaye gayi gdzie gegen genom gibi gimana gio gli gue
haar habe haben haber habia hacia hadden hade hai hain hala hamara hamaray hamari han hangi hanno hapa har
harus hast hasta hata hatte hay heb hebben hebt heeft heel hemos henne hennes het hier hij hiki hilo hizi ho
hoac hoe honom hoon hos huko humara humari humein hun hur huyu ialah ich ici icin iets ihm ihn ihnen ihr ik
iko il ile ili ils ini innan io ise iska iske iski isso ist isto itu ja jag jak jaka jaki jakie je jego jej
jemu jener jesli jest jestem jeszcze jij jika jou jouw juga jullie juz kab kac kadar kado kah kahaan kahan
kaisay kaise kalau kama kami kamu kan kann kapan karena katika kaun kemana kenapa kepada kerana khi ki kiedy
kirpa kisi kita kithe kitthe kivein kiven koi kok konnen konnte kripya kto ktora ktore ktory kuch kuhusu kun
kuna kunde kunnen kwa kwamba kwanini kwenye kya kyon kyun kyunki la lakini lako langu las le lei lekin les
lesquels letu leur leurs lhe lhes li lini liye lo loro lorsque los lub lui luon lutfen ma maar macam magar
mainu mais maja mana mas masih maste mbona med meherbani mein meine meinem meinen meiner mellan mengapa
mennu mera meray mereka meri mes mesti meu meus mia mich mie miei mientras mig mi mij mijn mimi min minha
minhas mio mir mis mit mitt miyim mna mnie moet moeten moge mohon moim moj moja moje mojego mojej mojemu
molto mon mot moze mozna mu muito mujhay mujhe mujhko muss musunuz muy mycket na naal naar nach nagot nam
nami nani naomba nar nasil nasz nasza neden nei nel nella nelle nello nen nerede nereden nereye nessa nesse
nesta neste neu ngoai nhe nhi nhieu nhu nhung nia nich nicin nifanyaje nifanye nifanyeje niko nim nimi nini
ninyi niye noch nog nos nosotras nosotros nossa nossas nosso nossos nostro notre nous nuestra nuestro num
numa nur nya nyinyi o och ocksa oder ohna ohnu oi olan oleh om omdat ona onde onder oni onlar onlarin ono
ons ont onu onun onze ook op oraz os oss ou pa pada par para pela pelas pelos pendant per perche pero perto
peut peuvent peux pia piu plait po pode podem podemos pois por porque posso pour pourquoi pouvez pouvons
pres prosze przed przez przy puede pueden puedo pues puis puisque puo qua quais qual quale quali quand
quando quanto que quel quella quelle quelles quello quels quem questa queste questi questo qui quien quienes
quoi raha rahay rahe rahi redan roi sa sadi sana sangat sanu saya schon se sebab sebagai sedang segun sehr
sein seine seinen seiner seit seja sekali seni senin seperti serait seu seus si siamo siapa sich sie siebie
sig sila simdi sind sinds sino sisi sitt siz sizi sizin ska skulle snalla sobie soll som sommes somos sono
sont sou soy sua suas sudah suis sul sulla sunu suo suoi supaya sur sus swoj swoja swojego ta tafadhali
takze tambem tambien tamten tapi te tegen tego tej telah tem temos tenemos tengo tenho tentang tes tetapi
teu tez tha thi thoi ti tiene tienen tienes till tinha tobie toen toh toi tot tra tres trong tua tufanye
tuhada tumhara tuo tus tusi tussen twoj twoja ty tych tylko tym tymi u uber udah uit um uma umas un una unas
und une unka unke unki uno unos uns unser unsere unter untuk usay usda uska uske uski usko usse usted
ustedes utk uw va vad vado vai vais vamos var vara varfor varit vart ve vem vers veuillez veya vi vich
vichon vicino vilka vilken vilket vipi voce voces voh voi vom von voor vor vos vosotros vostro votre vou
vous voy vya vyangu w wa waar waarheen waarom wahan wako wala walay wali wam wangu wann wanneer wao wapi
waren warum wasz wat weil welche welcher welches welk welke wem wenn wenu wer werd werden wetu wewe wie wij
wir wird wo woh woher wohin worden wordt wurde wy y ya yahan yake yako yang yangu yao yapabilirim
yapabiliriz yapayim yapmaliyim yapmaliyiz yeh yenu yetu yeye yg yuko yule z za zake zal zangu ze zeby zeer
zich zij zijn zile zou zu zullen zum zur zwischen
а або але б би був буде будет будь була були було бы был была были было в вам вас ваш ваша вже ви во вона
вони вот все вы від він где де делать для до дуже его ее еи ему если еще же з за зачем здесь зі и из или им
иого иому их к как какая какие какои ко когда кого коли кому кто куда куди ласка ли мене меня мені ми мне
мнои мною мое можна можно мои моя моє моі мы міи на навіщо нам нас наш наша нее неи нем нему неі но ну ньому
о об он она они ось от очень по под подскажите пожалуиста почему при про просто під підкажіть робити с свои
свіи скажите скажіть сколько скільки со та так там твои твіи те тебе тебя теж ти то тобі того тоді тоже тои
тот тут ты ті у уже хто це цеи цього цьому ця ці чем через чи чим чому что чтобы ще що щоб эта эти это этого
этои этом этот я як яка якии якщо які є і із іи ім іх іі ات اذا از ازش اس است اسكا اسكو اسے اش اعمل افعل
التي الذي الذين اللي الي ام اما انا انت انتم انكا انها انهيں او اور ايشان اين اينها ايه اپ اپكا اپنا اپني
اپنے اگر با باشد بايد براه براي بس بعض به بهت بهش بهي بود بودم تا تان ترا تك تلك تم تمهارا تها تهي تهے تو ثم
جب جدا جداً جو حتي خيلي در ده دي ديگه ذلك را رجاء رها رهي رهے رو ساته سے شان شد شده شما شمارا شو عشان علشان
علي عن عند عنده عندها عندي فضلك في قد كا كان كانت كب كجا كجاست كدام كرم كس كسي كل كه كهاں كو كوئي كون كي كيا
كيسے كيف كيوں كچه كے لئے لان لطفا لطفاً لقد لكن لماذا لنا له لها لهم لو لي ليش ليكن ليه ليے ماذا مان متي مجه
مجهے مرا مع ممكن من منو مهرباني مي ميتونم ميرا ميري ميرے ميشه ميں مگر نحن نيز نے ها هاي هذا هذه هذي هر هست
هل هم همارا هماري همارے همه هميں هن هنا هناك هو هوں هي هيں هے و والا والي والے ولي وه وين يا يعني يك يكون يه
پر پس چرا چطور چكار چند چه چي چيست چيكار چيه چگونه گئي گئے گيا अगर अपना अपनी अपने अब आप आपका आपकी आपके इस
इसका इसकी इसके इससे उन उनका उनकी उनके उसका उसकी उसके उसको उससे उसे और कब कहां का किस किसी की कुछ कृपया के
कैसे को कोई कौन क्या क्यों गई गए गया जब जो तक तब तुम तुम्हारा तो था थी थे ने पर बहुत भी मुझको मुझसे मुझे में
मेरा मेरी मेरे मैं यह यहां या ये रहा रही रहे लिए लेकिन वह वहां वाला वाली वाले वो साथ से हम हमारा हमारी हमारे
हमें ही हूं है हैं অনুগ্রহ অনেক আছি আছে আপনাকে আপনার আপনারা আপনি আমরা আমাকে আমাদের আমার আমি আর এই এখন এখানে
এটা এটি এবং ও ওই কখন কত করছি কাকে কাছে কার কি কিন্তু কিভাবে কী কীভাবে কে কেন কোথায় কোন খুব ছিল জন্য তবে
তাকে তাদের তার তারা তিনি তুমি তো তোমাকে তোমার থেকে দয়া দিয়ে বা মধ্যে যদি যা যে সঙ্গে সাথে সে সেই সেটা হবে
হয় হয়েছে ਅਤੇ ਅਸੀਂ ਆਪਣਾ ਆਪਣੀ ਇਹ ਉਸ ਉਸਦਾ ਉਸਨੂੰ ਉਹ ਉਹਨਾਂ ਕਦੋਂ ਕਿਉਂ ਕਿਰਪਾ ਕਿਵੇਂ ਕਿੱਥੇ ਕੀ ਕੁਝ ਕੋਈ ਕੌਣ ਗਈ ਗਿਆ
ਜਦੋਂ ਜਾਂ ਜੇ ਜੋ ਤਾਂ ਤੁਸੀਂ ਤੁਹਾਡਾ ਤੂੰ ਤੇ ਤੋਂ ਦਾ ਦੀ ਦੀਆਂ ਦੇ ਨਾਲ ਨੂੰ ਪਰ ਬਹੁਤ ਮੇਰਾ ਮੇਰੀ ਮੇਰੇ ਮੈਂ ਮੈਨੂੰ ਰਹੀ ਰਹੇ
ਰਿਹਾ ਲਈ ਵਾਲਾ ਵਾਲੀ ਵਿਚ ਵਿੱਚ ਵੀ ਸਨ ਸਾਡਾ ਸਾਡੀ ਸਾਨੂੰ ਸੀ ਹਨ ਹਾਂ ਹੀ ਹੈ
"""
ALL_STOP_WORDS = STOP_WORDS | frozenset(_FOREIGN.split())
"""With the little words of other languages, folded, but for negations. Those in Latin letters are left out
only where the query has a label of such a language, for many are abbreviations or words in English."""
