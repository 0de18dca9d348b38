using System.Text;
using System.Text.RegularExpressions;

namespace IngestPipeline.Hosting;

/// <summary>
/// Text from outside made fit for a log, a quarantine reason or a report: one line, no control or direction characters, no credentials, bounded.
/// </summary>
internal static partial class SafeText
{
    /// <summary>Longer text is cut.</summary>
    public const int MaxLength = 500;

    private const string Hidden = "***";

    /// <summary>Cleans a text; null gives an empty one.</summary>
    public static string Of(string? text) => Of(text, MaxLength);

    /// <summary>Cleans a text and keeps so many characters of it.</summary>
    public static string Of(string? text, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxLength);
        if (string.IsNullOrEmpty(text))
            return "";
        // Cut before the patterns run, generously, so that their work is bounded, and after them to the length that is kept.
        var cut = text.Length > maxLength * 8L ? text[..(maxLength * 8)] : text;
        var line = new StringBuilder(cut.Length);
        foreach (var c in Escape().Replace(cut, ""))
            line.Append(IsHarmless(c) ? c : ' ');
        var safe = UserInfo().Replace(line.ToString(), "$1" + Hidden + "@");
        safe = Header().Replace(safe, "$1" + Hidden);
        safe = Secret().Replace(safe, "$1" + Hidden);
        return safe.Length > maxLength ? safe[..(char.IsHighSurrogate(safe[maxLength - 1]) ? maxLength - 1 : maxLength)] + "…" : safe;
    }

    /// <summary>An address without user, query and fragment, which may hold keys; the path is kept.</summary>
    public static string Of(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri
            ? Of(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped))
            : Of(address.OriginalString.Split('?', '#')[0]);
    }

    // Bidirectional overrides and isolates can make a line read as another.
    private static bool IsHarmless(char c) =>
        !char.IsControl(c)
            && c is not ('\u2028' or '\u2029' or '\uFEFF' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    [GeneratedRegex(@"\x1B(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1B]*(\x07|\x1B\\)?|.)?", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    [GeneratedRegex(@"([a-z][a-z0-9+.-]*://)[^\s/?#@]*@", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex UserInfo();

    // "Authorization: Basic abc", "X-Api-Key: abc", "Cookie: a=b; c=d": the value is the rest of the line, which one line cannot show.
    [GeneratedRegex(
        @"(\b(proxy-)?authorization\b[""']?\s*[:=]\s*|\b(set-)?cookie\b[""']?\s*[:=]\s*|\b(bearer|basic|sharedkey)\s+)[^,""']+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Header();

    [GeneratedRegex(
        @"(\b(sig|signature|accountkey|sharedaccesskey|sharedaccesssignature|instrumentationkey|password|passwd|pwd|secret|client_secret|token|access_token|api[-_]?key|x-api-key|code)[""']?\s*(=|:|%3d)\s*[""']?)[^\s;&,""'<>]+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Secret();
}
