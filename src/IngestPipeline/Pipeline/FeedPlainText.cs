using System.Net;
using System.Text;

namespace IngestPipeline.Pipeline;

/// <summary>A feed's title as plain text: tags dropped, references resolved, white space folded.</summary>
internal static class FeedPlainText
{
    // No headline is longer; the bound keeps the scan linear in effect.
    private const int MaxLength = 4096;

    public static string Of(string markup)
    {
        markup = markup.Length > MaxLength ? markup[..MaxLength] : markup;
        var text = new StringBuilder(markup.Length);
        for (var i = 0; i < markup.Length; i++)
        {
            // A "<" that starts no tag is a less-than sign.
            if (markup[i] == '<'
                && i + 1 < markup.Length
                && (char.IsAsciiLetter(markup[i + 1]) || markup[i + 1] is '/' or '!')
                && markup.IndexOf('>', i) is > 0 and var end)
            {
                i = end;
                text.Append(' ');
            }
            else
            {
                text.Append(markup[i]);
            }
        }

        // Through UTF-8, because a lone surrogate cannot be normalised; nor can U+FFFE.
        var plain = Encoding.UTF8.GetString(
            Encoding.UTF8.GetBytes(WebUtility.HtmlDecode(text.ToString()).Replace('\uFFFE', '\uFFFD'))).Normalize(NormalizationForm.FormC);
        return string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
