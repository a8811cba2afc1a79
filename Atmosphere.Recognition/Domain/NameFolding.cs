using System.Globalization;
using System.Text;

namespace Atmosphere.Recognition.Domain;

/// <summary>
/// Compares names as people do: case, accents, Hebrew points and Arabic vowel signs do not matter, nor how an accented letter is encoded.
/// Names are stored and shown as they were typed.
/// </summary>
/// <remarks>The program runs without the ICU libraries, so that <see cref="string.Normalize()"/> leaves texts as they are.</remarks>
public static class NameFolding
{
    // Unicode 15.0, canonical decompositions of lower-case letters, without their marks; and letters with a stroke, which have none.
    private static readonly (string Plain, string Marked)[] _letters =
    [
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
        ("b", "ḃḅḇ"),
        ("c", "çćĉċčḉ"),
        ("d", "ðďđḋḍḏḑḓ"),
        ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
        ("f", "ḟ"),
        ("g", "ĝğġģǧǵḡ"),
        ("h", "ĥħȟḣḥḧḩḫẖ"),
        ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"),
        ("j", "ĵǰ"),
        ("k", "ķǩḱḳḵ"),
        ("l", "ĺļľŀłḷḹḻḽ"),
        ("m", "ḿṁṃ"),
        ("n", "ñńņňǹṅṇṉṋ"),
        ("o", "òóôõöøōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"),
        ("p", "ṕṗ"),
        ("r", "ŕŗřȑȓṙṛṝṟ"),
        ("s", "śŝşšșṡṣṥṧṩ"),
        ("t", "ţťŧțṫṭṯṱẗ"),
        ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
        ("v", "ṽṿ"),
        ("w", "ŵẁẃẅẇẉẘ"),
        ("x", "ẋẍ"),
        ("y", "ýÿŷȳẏẙỳỵỷỹ"),
        ("z", "źżžẑẓẕ"),
        ("α", "ἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷά"),
        ("ε", "ἐἑἒἓἔἕὲέέ"),
        ("η", "ἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇή"),
        ("ι", "ἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗΐίϊ"),
        ("ο", "ὀὁὂὃὄὅὸόό"),
        ("ρ", "ῤῥ"),
        ("υ", "ὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧΰϋύ"),
        ("ω", "ὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷώ"),
        ("е", "ё"),
        ("у", "ў"),
        ("\u05D0", "\uFB2E\uFB2F\uFB30"),
        ("\u05D1", "\uFB31\uFB4C"),
        ("\u05D2", "\uFB32"),
        ("\u05D3", "\uFB33"),
        ("\u05D4", "\uFB34"),
        ("\u05D5", "\uFB35\uFB4B"),
        ("\u05D6", "\uFB36"),
        ("\u05D8", "\uFB38"),
        ("\u05D9", "\uFB1D\uFB39"),
        ("\u05DA", "\uFB3A"),
        ("\u05DB", "\uFB3B\uFB4D"),
        ("\u05DC", "\uFB3C"),
        ("\u05DE", "\uFB3E"),
        ("\u05E0", "\uFB40"),
        ("\u05E1", "\uFB41"),
        ("\u05E3", "\uFB43"),
        ("\u05E4", "\uFB44\uFB4E"),
        ("\u05E6", "\uFB46"),
        ("\u05E7", "\uFB47"),
        ("\u05E8", "\uFB48"),
        ("\u05E9", "\uFB2A\uFB2B\uFB2C\uFB2D\uFB49"),
        ("\u05EA", "\uFB4A"),
        ("\u05F2", "\uFB1F"),
        ("\u0627", "\u0622\u0623\u0625"),
        ("\u0648", "\u0624"),
        ("\u064A", "\u0626"),
        ("\u06C1", "\u06C2"),
        ("\u06D2", "\u06D3"),
        ("\u06D5", "\u06C0"),
    ];

    private static readonly Dictionary<int, char> _plain =
        _letters.SelectMany(one => one.Marked.Select(marked => ((int)marked, one.Plain[0]))).ToDictionary();

    public static bool AreSame(string one, string other) => string.Equals(Fold(one), Fold(other), StringComparison.Ordinal);

    /// <summary>Whether a name, or one word of it, is what was typed.</summary>
    public static bool IsCalled(string name, string typed)
    {
        var (folded, sought) = (Fold(name), Fold(typed));
        return sought.Length > 0 && (folded == sought || folded.Split(' ').Contains(sought, StringComparer.Ordinal));
    }

    /// <summary>The form to compare by: lower case, without marks and invisible characters, with single spaces.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                    folded.Append(' ');
            }
            else if (!IsMark(rune))
            {
                Append(folded, Plain(rune));
            }
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Appends a character without making a string of it: names are folded whenever a text is stored.</summary>
    public static void Append(StringBuilder text, Rune rune)
    {
        Span<char> letters = stackalloc char[2];
        text.Append(letters[..rune.EncodeToUtf16(letters)]);
    }

    /// <summary>The letter in lower case and without marks; a full-width letter or digit, or a digit of another script, as ASCII has it.</summary>
    public static Rune Plain(Rune rune)
    {
        var narrow = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFF01 + '!') : rune;
        if (Rune.GetUnicodeCategory(narrow) == UnicodeCategory.DecimalDigitNumber)
            return new Rune((char)('0' + (int)Rune.GetNumericValue(narrow)));
        var lower = Rune.ToLowerInvariant(narrow);
        return _plain.TryGetValue(lower.Value, out var plain) ? new Rune(plain) : lower;
    }

    /// <summary>
    /// Accents, Hebrew points, Arabic vowel signs, and characters that are not seen: joiners, directions, variation selectors. The marks of
    /// other scripts, such as Devanagari's vowels, tell names apart.
    /// </summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is >= 0x0300 and <= 0x036F or >= 0x0591 and <= 0x05BD or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7
            or >= 0x0610 and <= 0x061A or 0x0640 or >= 0x064B and <= 0x065F or 0x0670 or >= 0x20D0 and <= 0x20F0 or >= 0xFE00 and <= 0xFE0F;
}
