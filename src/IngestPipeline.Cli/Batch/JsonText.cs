using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IngestPipeline.Cli.Batch;

/// <summary>
/// Reads one JSON text, also as Python writes it: its <c>NaN</c> and <c>Infinity</c>, which JSON does not know, are read as null, and an escaped half of a
/// character (<c>\ud83d</c> alone, where a text was cut) as U+FFFD.
/// </summary>
internal static partial class JsonText
{
    private static readonly string[] NotNumbers = ["-Infinity", "Infinity", "NaN"];

    public static bool TryParse(string text, out JsonElement json)
    {
        if (text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
            text = Escapes().Replace(text, m => m.Groups["half"].Success ? "\\uFFFD" : m.Value);
        return TryStrict(text, out json) || (WithoutNotNumbers(text) is { } mended && TryStrict(mended, out json));
    }

    // One escape after the other, so that an escaped backslash before a "u" is none.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();

    private static bool TryStrict(string text, out JsonElement json)
    {
        try
        {
            json = JsonElement.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            json = default;
            return false;
        }
    }

    private static string? WithoutNotNumbers(string text)
    {
        StringBuilder? mended = null;
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (inString && text[i] == '\\' && i + 1 < text.Length)
            {
                mended?.Append(text[i]);
                i++;
            }
            else if (text[i] == '"')
            {
                inString = !inString;
            }
            else if (!inString && Array.Find(NotNumbers, w => string.CompareOrdinal(text, i, w, 0, w.Length) == 0) is { } word)
            {
                mended ??= new StringBuilder(text, 0, i, text.Length + 16);
                mended.Append("null");
                i += word.Length - 1;
                continue;
            }

            mended?.Append(text[i]);
        }

        return mended?.ToString();
    }
}
