using System.Text;

namespace IngestPipeline.Hosting;

/// <summary>The words of tags: <c>NotModified</c> is <c>not-modified</c>.</summary>
internal static class MetricWords
{
    public static string Of(Enum value)
    {
        var name = value.ToString();
        var word = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && i > 0)
                word.Append('-');
            word.Append(char.ToLowerInvariant(name[i]));
        }
        return word.ToString();
    }
}
