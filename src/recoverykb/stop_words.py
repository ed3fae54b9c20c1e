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
aan aap aapka aapke aapki ab abbiamo aber aby acaba ad adalah af aga agar agli ahi ai ainda ainsi ajo
akan aking ako aku al albo ale ali alla alle alli allo alors als alsjeblieft alstublieft ambao ambaye
ambayo anche anda ang annu ano ao aos apa apakah apie apna apnay apne apni apos aquel aquela aquele
aquella aquello aqui aquilo ar artik asin atau ate att au auch auf aunque aur aurait aus aussi aux av
avais avait avec aven avere aveva avez avoir avons awak ay az ba bado bagaimana bagi bahut bakit bana
banget bao barah bardzo bede bedzie bei beim ben bende benden beni benim bent berapa bet bhi bij bila
bilan bin bis bisa bist bitte biz bize bizi bizim blev blir bohat bohot boi boleh bolehkah bor bu buna
bunu bunun byc byl byla bylo cac cand ce ceci cela cerca ces cet cette cfare changu che chez chi ci cie
ciebie cine co cok col com combien come como con cos cosa cose cu cua cual cuales cuando cuanta cuanto
cui cum cung czy da daar dah daha dahil dai dal dalla dallo dan dans dar darf dari daripada das dass dat
de debe debo deg degli deh dei dein deine deja del dela deles della delle dello dem den dengan denn denna
depuis der deras dere des desde dessa det detta deu deve devo devons deze dgn dhe di dia die diese diesem
dieser dieses dig dimana din dina dir dit dito ditt dla dlaczego doch dois doit doivent donc donde doon
dort dos dove du dum duma duoc durante durch dus e ea een efter eg egy ein eine einem einen einer eines
ek el ela elas ele eles ella ellas elle eller elles ello ellos em en encore engem entonces entre er eram
erano eres es esa ese eshte eso esos essa esse essere est esta estaba estamos estan estao estar estas
estava este esto estos estou estoy et etaient etais etait etes etre ett etwas eu euch eux faut favore
finns foi foram fra fran fue fueron fur gali galiu gani gaya gaye gayi gde gdje gdzie gegen genom gibi
gimana gio gli gue ha haar habe haben haber habia hacia hadde hadden hade hai hain hala ham hamara
hamaray hamari han hanen hangi hann hanno hapa har hara harada harus hast hasta hata hatte havde hay heb
hebben hebt heeft heel hef hemos hende henne hennes het hier hij hiki hilo hizi ho hoac hoe hogy hogyan
hol honom hoon hos huko hulle humara humari humein hun hur huyu hva hvad hvar hvem hvernig hvor hvordan
hvorfor hy ialah ich ici icin iets ihm ihn ihnen ihr ik iko il ile ili ils ima ime imi ini innan io ir
ise iska iske iski isso ist isto ito itu iyan iyong ja jag jak jaka jaki jakie jam je jeg jego jei jej
jemu jener jesli jest jestem jeszcze ji jij jika jis joka jos jou jouw jsem jsou juga julle jullie juz jy
k ka kab kac kad kada kadar kado kah kahaan kahan kailan kaip kaisay kaise kako kalau kam kama kami kamu
kan kann kanssa kapan karena kas kasi katika kaun kayo kde kdo kdy kedy kell kemana kenapa kepada kerana
kes khi ki kiedy kinek kirpa kisi kita kithe kitthe kivein kiven ko kod koi kok kome konnen konnte koos
kripya kto ktora ktore ktory ku kuch kuhusu kui kuidas kuka kun kuna kunde kung kunnen kur kus kush kwa
kwamba kwanini kwenye kya kyon kyun kyunki la lakini lako lang langu las le lehet lei lekin les lesquels
letu leur leurs lhe lhes li lini liye lo loro lorsque los lub lui luon lutfen ma maa maar macam magar
mainu mais maja mam man mana mani mano mans mar mas masih maste may mayroon mbona mea med meg meherbani
mei mein meine meinem meinen meiner mellan men mengapa menim mening mennu mera meray mereka meri meron
mes mesti met meu meus mga mi mia mich mie miei mientras miert mig mihin mij mijn mikor mimi min mina
mine minha minhas minn minu minulla minulle minun mio mir mis missa mista mit mita miten mitt miyim mna
mnie mo moet moeten moge mogu mohon moim moj moja moje mojego mojej mojemu moji molto mon mot moze mozna
mu mua muito muj mujhay mujhe mujhko mul mulle mun muss musunuz mutta muy mycket n na naal naar nach
nagot nam naman nami namin nang nani naomba nar nasil nasz nasza natin ne nece neden nei nekem nel nella
nelle nello nen nerede nereden nereye nessa nesse nesta neste neu ng nga ngoai nhe nhi nhieu nhu nhung
nia nich nicin nifanyaje nifanye nifanyeje niko nila nim nima nimi nini ninyi niya niye nje noch nog nos
nosotras nosotros nossa nossas nosso nossos nostro notre nous nuestra nuestro num numa nung nur nya
nyinyi o och ocksa od oder og ohna ohnu oi olan ole oleh olen oli om oma omdat ona onde onder oni onlar
onlarin ono ons ont onu onun onze ook op oraz os oss ou ovat pa paa paano pada par para pe pela pelas
pelos pendant pentru per perche pero perto peut peuvent peux pia piu plait po poate pode podem podemos
pois por porque posso pour pourquoi pouvez pouvons pre preco pres pro proc prosze przed przez przy pse
puede pueden puedo pues puis puisque puo qanday qayerda qua quais qual quale quali quand quando quanto
que quel quella quelle quelles quello quels quem questa queste questi questo qui quien quienes quoi raha
rahay rahe rahi redan rin roi s sa saa saab saako saan sadi sam sana sangat sanu saya schon se sebab
sebagai sedang see segun sehr sein seine seinen seiner seit seja sekali sen seni senin seperti serait seu
seus si siamo siapa sich sie siebie sig sila simdi sin sind sinds sino sisi sit sitt siya siz sizi sizin
ska skal skulle smo snalla sobie soll som sommes somos sono sont sou soy sta sto su sua suas sudah suis
sul sulla sunt sunu suo suoi supaya sur sus swoj swoja swojego sy ta tafadhali takze tambem tambien
tamten tapi tayo te tegen tego tej telah tem temos ten tenemos tengo tenho tentang tes tetapi teu tez tha
thi thoi thu ti tiene tienen tienes til till tinha tko tobie toen toh toi tot tra tres trong tua tudok
tufanye tuhada tumhara tuo tus tusi tussen twoj twoja ty tych tylko tym tymi u uber uchun ucun udah uit
um uma umas un una unas und unde une unka unke unki uno unos uns unser unsere unter untuk usay usda uska
uske uski usko usse usted ustedes utk uw uz v va vad vado vagy vagyok vai vais vamos van var vara varfor
varit vart ve vem vers veuillez veya vi vich vichon vicino vid vil vilka vilken vilket vina vinam vins
vipi vir voce voces voh voi voiko voinko vom von voor vor vos vosotros vostro votre vou vous voy vya
vyangu w wa waar waarheen waarom wahan wako wala walay wali wam wangu wann wanneer wao wapi waren warum
wasz wat weil welche welcher welches welk welke wem wenn wenu wer werd werden wetu wewe wie wij wil wir
wird wo woh woher wohin worden wordt wurde wy y ya yahan yake yako yang yangu yao yapabilirim yapabiliriz
yapayim yapmaliyim yapmaliyiz yeh yenu yetu yeye yg yra yuko yule yung z za zake zal zangu zasto ze zeby
zeer zich zij zijn zile zo zou zu zullen zum zur zwischen απο για ειμαι ειναι ενα ενασ εχει εχω η θα και
κανω με μια μου μπορω να ο οι ποια ποιον ποιοσ που πωσ σε σου στη στην στο στον τα την τησ τι το τον του
των а або аз але б бар барои би бо був буде будет будь бул була були було бы был была были было біз в ва
вам вас ваш ваша вже ви во вона вони вот все вы від він где да дар де делать для до дуже е его ее еи ему
если еще жана жане же з за зачем защо здесь зі и из или им има ин иого иому их к каида как какая какво
какие какои калаи кантип ки ко кога когда кого кои коли кому кто куда куди кучо къде ласка ли ман маро
мен мене менин меня мені менін ми мне мнои мною мо мое можна можно мои моя моят моята моє моі мы міи на
навіщо нам нас наш наша нее неи нем нему неі но ну ньому о об ол он она они ось от очень по под
подскажите пожалуиста почему при про просто під підкажіть робити с са свои свіи се сен скажите скажіть
сколько скільки сме со съм със сіз та тавр так там твои твіи те тебе тебя теж ти то тобі того тоді тоже
тои тот ту тут ты тя ті у уже учун ушін хто це цеи цього цьому ця ці чем через чи чим чому что чтобы шумо
ще що щоб эмне эта эти это этого этои этом этот я як яка якии якщо які є і із іи ім іх іі դու եմ են ես
երբ եւ է իմ ինչ ինչպես մենք նա ով որ որտեղ ու או איך איפה אל אם אנחנו אני את אתה גם האם הוא היא הם זאת זה
יש כבר כי לה לו לי למה מה מי מתי על עם של שלה שלו שלי שלך ات اذا از ازش اس است اسكا اسكو اسے اش اعمل افعل
التي الذي الذين اللي الي ام اما انا انت انتم انكا انها انهيں او اور ايشان اين اينها ايه اپ اپكا اپنا اپني
اپنے اگر با باشد بايد براه براي بس بعض به بهت بهش بهي بود بودم تا تان ترا تك تلك تم تمهارا تها تهي تهے تو
ثم جب جدا جداً جو حتي خيلي در ده دي ديگه ذلك را رجاء رها رهي رهے رو ساته سے شان شد شده شما شمارا شو عشان
علشان علي عن عند عنده عندها عندي فضلك في قد كا كان كانت كب كجا كجاست كدام كرم كس كسي كل كه كهاں كو كوئي
كون كي كيا كيسے كيف كيوں كچه كے لئے لان لطفا لطفاً لقد لكن لماذا لنا له لها لهم لو لي ليش ليكن ليه ليے
ماذا مان متي مجه مجهے مرا مع ممكن من منو مهرباني مي ميتونم ميرا ميري ميرے ميشه ميں مگر نحن نيز نے ها هاي
هذا هذه هذي هر هست هل هم همارا هماري همارے همه هميں هن هنا هناك هو هوں هي هيں هے و والا والي والے ولي وه
وين يا يعني يك يكون يه پر پس چرا چطور چكار چند چه چي چيست چيكار چيه چگونه گئي گئے گيا अगर अपना अपनी अपने
अब आप आपका आपकी आपके इस इसका इसकी इसके इससे उन उनका उनकी उनके उसका उसकी उसके उसको उससे उसे और कब कसरी
कहां का किस किसी की कुछ कृपया के कैसे को कोई कौन क्या क्यों गई गए गया छ जब जो तक तब तर तुम तुम्हारा तो
त्यो था थी थे ने पनि पर बहुत भी म मा मुझको मुझसे मुझे में मेरा मेरी मेरे मेरो मैं यह यहां या ये यो र रहा
रही रहे लाई लिए ले लेकिन वह वहां वाला वाली वाले वो साथ से हम हमारा हमारी हमारे हमें ही हुन्छ हूं है हैं
हो অনুগ্রহ অনেক আছি আছে আপনাকে আপনার আপনারা আপনি আমরা আমাকে আমাদের আমার আমি আর এই এখন এখানে এটা এটি এবং ও
ওই কখন কত করছি কাকে কাছে কার কি কিন্তু কিভাবে কী কীভাবে কে কেন কোথায় কোন খুব ছিল জন্য তবে তাকে তাদের তার
তারা তিনি তুমি তো তোমাকে তোমার থেকে দয়া দিয়ে বা মধ্যে যদি যা যে সঙ্গে সাথে সে সেই সেটা হবে হয় হয়েছে
ਅਤੇ ਅਸੀਂ ਆਪਣਾ ਆਪਣੀ ਇਹ ਉਸ ਉਸਦਾ ਉਸਨੂੰ ਉਹ ਉਹਨਾਂ ਕਦੋਂ ਕਿਉਂ ਕਿਰਪਾ ਕਿਵੇਂ ਕਿੱਥੇ ਕੀ ਕੁਝ ਕੋਈ ਕੌਣ ਗਈ ਗਿਆ ਜਦੋਂ ਜਾਂ
ਜੇ ਜੋ ਤਾਂ ਤੁਸੀਂ ਤੁਹਾਡਾ ਤੂੰ ਤੇ ਤੋਂ ਦਾ ਦੀ ਦੀਆਂ ਦੇ ਨਾਲ ਨੂੰ ਪਰ ਬਹੁਤ ਮੇਰਾ ਮੇਰੀ ਮੇਰੇ ਮੈਂ ਮੈਨੂੰ ਰਹੀ ਰਹੇ ਰਿਹਾ ਲਈ
ਵਾਲਾ ਵਾਲੀ ਵਿਚ ਵਿੱਚ ਵੀ ਸਨ ਸਾਡਾ ਸਾਡੀ ਸਾਨੂੰ ਸੀ ਹਨ ਹਾਂ ਹੀ ਹੈ ან არის და ვარ ვინ თუ თქვენ ის მე რა როგორ როდის
რომ სად შენ ჩემი ჩემს ჩვენ 그리고 나는 내가 누구 무엇 뭐 수 어디 어디서 어떻게 언제 왜 있나요 있어요
있을까요 저 저는 제가 좀 하고 하나요 하는 해야
"""
ALL_STOP_WORDS = STOP_WORDS | frozenset(_FOREIGN.split())
"""With the little words of other languages, folded, but for negations. Those in Latin letters are left out
only where the query has a label of such a language, for many are abbreviations or words in English."""
ALSO_WORDS = frozenset({"arc", "cod", "cut", "dam", "dare", "fad", "hops", "lead", "met", "nest"})
"""Abbreviations and names that are English words too, and mostly mean those: among other words only capitals
make them names."""
