namespace IngestPipeline.Extraction.Content;

/// <summary>Reads a block model that somebody trained: a folder of the two files that <c>tests/IngestPipeline.Training</c> writes.</summary>
internal static class BlockModelFiles
{
    /// <summary>The name of the file of trees.</summary>
    public const string Trees = "content.model.bin";

    /// <summary>The name of the file of words.</summary>
    public const string Words = "block-words.table.txt";

    /// <summary>The name of the file of trees for copies of pages as plain text; a folder may do without both.</summary>
    public const string TextTrees = "text.model.bin";

    /// <summary>The name of the file of words for them.</summary>
    public const string TextWords = "text-words.table.txt";

    /// <summary>The models of a folder.</summary>
    /// <exception cref="BlockModelException">There is no such folder, a file is missing or malformed, or the model was trained on other features.</exception>
    public static BlockModels Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new BlockModelException($"{folder}: no such folder; check --model");
        foreach (var file in new[] { Trees, Words })
        {
            if (!File.Exists(Path.Combine(folder, file)))
                throw new BlockModelException($"{folder}: holds no {file}; a model is that file and {(file == Trees ? Words : Trees)}");
        }

        return new(
            Read(folder, Trees, Words),
            File.Exists(Path.Combine(folder, TextTrees)) && File.Exists(Path.Combine(folder, TextWords)) ? Read(folder, TextTrees, TextWords) : null);
    }

    private static ContentModel Read(string folder, string trees, string words)
    {
        var odds = Open(Path.Combine(folder, words), WordOdds.Read);
        return Open(Path.Combine(folder, trees), stream => ContentModel.Read(stream, odds));
    }

    private static T Open<T>(string file, Func<Stream, T> read)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return read(stream);
        }
        catch (InvalidDataException e)
        {
            throw new BlockModelException($"{file}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BlockModelException($"{file}: cannot be read ({e.Message})");
        }
    }
}
