using System.Text;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Names that are no whole names: logins, names in small letters, initials, and what stands in brackets behind a name.</summary>
internal static class BylineNames
{
    /// <summary>True for a login such as <c>ann-larsen</c>, <c>wordpressuser</c> or <c>AL7567</c>: one word without a capital, or with a digit.</summary>
    public static bool IsLogin(string name) =>
        name.Length > 0
            && !name.Contains(' ', StringComparison.Ordinal)
            && !NameAffixes.IsUnspaced(name[0])
            && ((char.IsLower(name[0]) && !name.Any(char.IsUpper)) || name.Any(char.IsAsciiDigit));

    /// <summary>True for two or three capitals, which are a desk's or an outlet's mark more often than a person's.</summary>
    public static bool IsDeskMark(string name) => name.Length is 2 or 3 && name.All(char.IsAsciiLetterUpper);

    /// <summary>True for two or three words in small letters; where a field holds nothing but an author they are a name.</summary>
    public static bool IsInSmallLetters(string name)
    {
        var words = name.Split(' ');
        return words.Length is 2 or 3
            && words.All(w => w.Length > 1 && w.All(char.IsLower) && !BylineWords.IsRole(TextKey.Of(w)) && !BylineWords.IsOrganisation(TextKey.Of(w)))
            && !BylineWords.IsStop(TextKey.Words(name)) && !BylineWords.And.Contains(words[0]) && !BylineWords.Particles.Contains(words[^1]);
    }

    /// <summary>A name that stands twice, as a portrait's text and as its own, once.</summary>
    public static string Once(string name) =>
        name.Length > 6
            && name.Length % 2 == 1
            && name[name.Length / 2] == ' '
            && name.AsSpan(0, name.Length / 2).SequenceEqual(name.AsSpan((name.Length / 2) + 1))
            ? name[..(name.Length / 2)]
            : name;

    /// <summary>True when two names are the same, or one is the other's initials as an avatar shows them.</summary>
    public static bool Repeats(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase) || IsInitials(one, other) || IsInitials(other, one);

    /// <summary>A text without the brackets that open it or that hold several things: "(Brussels, European desk)".</summary>
    public static string WithoutBrackets(string text)
    {
        var open = text.IndexOfAny(['(', '（']);
        if (open < 0)
            return text;

        var builder = new StringBuilder(text.Length);
        var at = 0;
        while (open >= 0 && text.IndexOfAny([')', '）'], open) is var close and > 0)
        {
            var isAside = text.AsSpan(at, open - at).IsWhiteSpace() && at == 0 || text.AsSpan(open, close - open).IndexOfAny(',', ';', '/') >= 0;
            builder.Append(text.AsSpan(at, (isAside ? open : close + 1) - at));
            at = close + 1;
            open = text.IndexOfAny(['(', '（'], at);
        }

        return builder.Append(text.AsSpan(at)).ToString().Trim();
    }

    private static bool IsInitials(string letters, string name)
    {
        if (letters.Length is < 2 or > 3)
            return false;
        var words = name.Split(' ');
        return words.Length == letters.Length && words.Zip(letters).All(p => char.ToUpperInvariant(p.First[0]) == char.ToUpperInvariant(p.Second));
    }
}
