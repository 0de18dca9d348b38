using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Training;

/// <summary>What a training ends with.</summary>
internal sealed record TrainedModel(Forest First, Forest Second, Lexicon Words)
{
    /// <summary>Scores pages, leaving out the votes of each page's own site.</summary>
    public void Apply(IEnumerable<Sample> samples)
    {
        foreach (var sample in samples)
        {
            Words.Fill(sample);
            sample.FirstScores = ContentModel.ScoreAll(First, sample.Features);
            sample.Scores = ContentModel.ScoreAll(Second, new ContextFeatures(sample.Layout, sample.Features, sample.FirstScores).Measure());
        }
    }

    /// <summary>Writes the files of a model into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isPlain">True for the model of plain text.</param>
    public void Write(string folder, bool isPlain)
    {
        Directory.CreateDirectory(folder);
        using var file = File.Create(Path.Combine(folder, isPlain ? BlockModelFiles.TextTrees : BlockModelFiles.Trees));
        new ContentModel(First, Second, WordOdds.None).Write(file);
        Words.Write(Path.Combine(folder, isPlain ? BlockModelFiles.TextWords : BlockModelFiles.Words));
    }
}
