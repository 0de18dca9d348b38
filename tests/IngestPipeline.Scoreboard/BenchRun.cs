using System.Text.Json;
using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>What every part of the run needs: the data, a folder to work in, the half to score, and the figures found so far.</summary>
internal sealed record BenchRun(string Data, string Work, Half Half, Tool Tool)
{
    public SortedDictionary<string, double> Figures { get; } = new(StringComparer.Ordinal);

    public string Make(params string[] names)
    {
        var path = Path.Combine([Work, .. names]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Copies the lines of the half that is scored, and returns the copy's path.</summary>
    public string Filter(string source, string target, Func<JsonObject, bool> keep)
    {
        var path = Make(target);
        JsonLines.Write(path, JsonLines.Read(source).Where(keep));
        return path;
    }

    /// <summary>Takes every number of a scorer's answer.</summary>
    public JsonElement Take(string path, string prefix)
    {
        using var answer = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var (key, value) in JsonLines.Numbers(answer.RootElement, prefix))
            Figures[key] = value;
        return answer.RootElement.Clone();
    }
}
