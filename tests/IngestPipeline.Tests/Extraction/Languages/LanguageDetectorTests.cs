using IngestPipeline.Extraction.Languages;

namespace IngestPipeline.Tests.Extraction.Languages;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("en", "The ferry was late because the harbour had been closed since the storm on Monday, and nobody knew when it would open again.")]
    [InlineData("de", "Die Fähre war verspätet, weil der Hafen seit dem Sturm am Montag gesperrt war und niemand wusste, wann er wieder öffnet.")]
    [InlineData("fr", "Le bateau était en retard parce que le port était fermé depuis la tempête de lundi, et personne ne savait quand il rouvrirait.")]
    [InlineData("es", "El barco llegó tarde porque el puerto estaba cerrado desde la tormenta del lunes y nadie sabía cuándo volvería a abrir.")]
    [InlineData("pt", "O barco chegou tarde porque o porto estava fechado desde a tempestade de segunda-feira e ninguém sabia quando voltaria a abrir.")]
    [InlineData("it", "Il traghetto era in ritardo perché il porto era chiuso dalla tempesta di lunedì e nessuno sapeva quando avrebbe riaperto.")]
    [InlineData("nl", "De veerboot had vertraging omdat de haven sinds de storm van maandag gesloten was en niemand wist wanneer hij weer open zou gaan.")]
    [InlineData("sv", "Färjan var försenad eftersom hamnen hade varit stängd sedan stormen i måndags och ingen visste när den skulle öppna igen.")]
    [InlineData("da", "Færgen var forsinket, fordi havnen havde været lukket siden stormen mandag, og ingen vidste, hvornår den ville åbne igen.")]
    [InlineData("no", "Fergen var forsinket fordi havnen hadde vært stengt siden stormen mandag, og ingen visste når den ville åpne igjen.")]
    [InlineData("fi", "Lautta oli myöhässä, koska satama oli ollut suljettuna maanantain myrskyn jälkeen, eikä kukaan tiennyt, milloin se avataan.")]
    [InlineData("pl", "Prom był spóźniony, ponieważ port był zamknięty od poniedziałkowej burzy i nikt nie wiedział, kiedy zostanie otwarty.")]
    [InlineData("cs", "Trajekt měl zpoždění, protože přístav byl od pondělní bouře uzavřen a nikdo nevěděl, kdy se znovu otevře.")]
    [InlineData("sk", "Trajekt meškal, pretože prístav bol od pondelkovej búrky zatvorený a nikto nevedel, kedy sa znovu otvorí.")]
    [InlineData(
        "hr",
        "Trajekt je kasnio jer je luka bila zatvorena nakon oluje u ponedjeljak i nitko nije znao kada će se ponovno otvoriti, rekao je ministar prije podne.")]
    [InlineData("sl", "Trajekt je zamujal, ker je bilo pristanišče od ponedeljkove nevihte zaprto in nihče ni vedel, kdaj se bo spet odprlo.")]
    [InlineData("ro", "Feribotul a întârziat pentru că portul era închis după furtuna de luni și nimeni nu știa când va fi deschis din nou.")]
    [InlineData("hu", "A komp késett, mert a kikötő a hétfői vihar óta zárva volt, és senki sem tudta, hogy mikor nyit ki újra.")]
    [InlineData("tr", "Vapur gecikti, çünkü liman pazartesi günkü fırtınadan sonra kapalıydı ve ne zaman açılacağını kimse bilmiyordu.")]
    [InlineData("id", "Kapal itu terlambat karena pelabuhan ditutup sejak badai pada hari Senin dan tidak ada yang tahu kapan akan dibuka lagi.")]
    [InlineData("vi", "Chuyến phà đến muộn vì cảng đã đóng cửa từ sau cơn bão hôm thứ hai và không ai biết khi nào sẽ mở lại.")]
    [InlineData("et", "Praam hilines, sest sadam oli pärast esmaspäevast tormi suletud ja keegi ei teadnud, millal see uuesti avatakse.")]
    [InlineData("lv", "Prāmis kavējās, jo osta pēc pirmdienas vētras bija slēgta un neviens nezināja, kad to atkal atvērs.")]
    [InlineData("lt", "Keltas vėlavo, nes uostas po pirmadienio audros buvo uždarytas ir niekas nežinojo, kada jis vėl bus atidarytas.")]
    [InlineData(
        "ca",
        "El vaixell va arribar tard perquè el port estava tancat des de la tempesta de dilluns i ningú no sabia quan tornaria a obrir, però això és normal.")]
    [InlineData("ru", "Паром опоздал, потому что порт был закрыт после шторма в понедельник и никто не знал, когда он снова откроется.")]
    [InlineData("uk", "Пором запізнився, бо порт був закритий після шторму в понеділок і ніхто не знав, коли він знову відкриється.")]
    [InlineData("bg", "Фериботът закъсня, защото пристанището беше затворено след бурята в понеделник и никой не знаеше кога ще бъде отворено.")]
    [InlineData("el", "Το πλοίο άργησε γιατί το λιμάνι ήταν κλειστό από τη Δευτέρα.")]
    [InlineData("ar", "تأخرت العبارة لأن الميناء كان مغلقا منذ عاصفة الاثنين ولم يعرف أحد متى سيفتح من جديد.")]
    [InlineData("fa", "کشتی دیر رسید چون بندر از توفان روز دوشنبه بسته شده بود و هیچ کس نمی‌دانست که چه زمانی باز خواهد شد.")]
    [InlineData("ur", "کشتی دیر سے پہنچی کیونکہ بندرگاہ پیر کے طوفان کے بعد بند تھی اور کسی کو نہیں معلوم تھا کہ یہ کب کھلے گی۔")]
    [InlineData("he", "המעבורת איחרה כי הנמל היה סגור מאז הסערה ביום שני.")]
    [InlineData("hi", "नाव देर से पहुँची क्योंकि सोमवार के तूफान के बाद से बंदरगाह बंद था और किसी को नहीं पता था कि यह कब खुलेगा।")]
    [InlineData("bn", "সোমবারের ঝড়ের পর থেকে বন্দর বন্ধ ছিল এবং কেউ জানত না কখন তা আবার খুলবে, তাই ফেরি দেরিতে এসেছে।")]
    [InlineData("ta", "திங்கட்கிழமை புயலுக்குப் பிறகு துறைமுகம் மூடப்பட்டிருந்தது.")]
    [InlineData("th", "เรือเฟอร์รี่มาช้าเพราะท่าเรือปิดตั้งแต่พายุเมื่อวันจันทร์")]
    [InlineData("ja", "月曜日の嵐のあと港が閉まっていたため、フェリーは遅れた。")]
    [InlineData("zh", "由于周一的风暴，港口关闭，渡轮晚点了。")]
    [InlineData("ko", "월요일 폭풍 이후 항구가 닫혀 있어서 배가 늦었다.")]
    [InlineData("ka", "ბორანმა დააგვიანა, რადგან ნავსადგური დაკეტილი იყო.")]
    public void Tells_the_language_of_a_paragraph(string language, string text) => Assert.Equal(language, LanguageDetector.Detect(text));

    [Theory]
    [InlineData("en", "Why the harbour is closed and what it means for your trip")]
    [InlineData("de", "Warum der Hafen gesperrt ist und was das für Reisende heißt")]
    [InlineData("es", "Por qué el puerto está cerrado y qué significa para los viajeros")]
    [InlineData("ja", "港が閉鎖")]
    public void Tells_the_language_of_a_headline(string language, string text) => Assert.Equal(language, LanguageDetector.Detect(text));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("12:30 – 14:00 | 3:1")]
    [InlineData("Xqzt Brnfk Wlpmd")]
    [InlineData("Toyota Corolla")]
    public void Claims_none_where_a_text_says_too_little(string? text) => Assert.Null(LanguageDetector.Detect(text));

    [Theory]
    [InlineData("en-US", "en")]
    [InlineData("pt_BR", "pt")]
    [InlineData("nb-NO", "no")]
    [InlineData("deutsch", null)]
    [InlineData("", null)]
    public void Reads_the_primary_tag(string tag, string? expected) => Assert.Equal(expected, LanguageDetector.Primary(tag));
}
