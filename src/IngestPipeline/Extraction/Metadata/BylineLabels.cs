using System.Globalization;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>Finds the names behind a label inside a line that says other things, too: <c>2026-03-14 来源：海港网 作者：张伟 责任编辑：王芳</c>.</summary>
internal static class BylineLabels
{
    private static readonly HashSet<string> Labels = BylineWords.Of("inner");
    private static readonly string[] Spaced = [" 记者 ", " 作者 ", " 記者 "];

    /// <summary>Cuts a line to what stands between an author's label and the next label; false when it has no such label.</summary>
    public static bool TakeInner(ref string text)
    {
        for (var colon = Colon(text, 0); colon >= 0; colon = Colon(text, colon + 1))
        {
            var label = Start(text, colon);
            var word = text.AsSpan(label, colon - label).TrimEnd();
            if (!TextKey.IsIn(Labels, word) || (IsShort(TextKey.Of(word)) && FollowsWord(text, label)))
                continue;

            var next = Colon(text, colon + 1);
            text = text[(colon + 1)..(next < 0 ? text.Length : Math.Max(colon + 1, Start(text, next)))].Trim();
            return text.Length > 0;
        }

        // Chinese lines have a blank for the colon, too.
        foreach (var label in Spaced)
        {
            if (text.IndexOf(label, StringComparison.Ordinal) is not (> 0 and var at))
                continue;
            text = text[(at + label.Length)..].Trim();
            return text.Length > 0;
        }

        return false;
    }

    // "Photo von: Bo Berg" names no author; "14.3.2026 | Von: Ann Larsen" does.
    private static bool IsShort(string key) => key.Length <= 4 && !NameAffixes.IsUnspaced(key);

    private static bool FollowsWord(string text, int label) => text.AsSpan(0, label).TrimEnd() is [.., var before] && char.IsLetter(before);

    private static int Colon(string text, int from) => text.AsSpan(from).IndexOfAny(':', '：') is var at and >= 0 ? from + at : -1;

    // Where the word before a colon starts.
    private static int Start(string text, int colon)
    {
        var end = colon;
        while (end > 0 && text[end - 1] == ' ')
            end--;
        var start = end;
        while (start > 0
            && (char.IsLetter(text[start - 1]) || text[start - 1] == '・' || char.GetUnicodeCategory(text[start - 1]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            start--;
        return start;
    }
}
