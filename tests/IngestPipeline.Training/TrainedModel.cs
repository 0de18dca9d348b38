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
    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        using var file = File.Create(Path.Combine(folder, BlockModelFiles.Trees));
        new ContentModel(First, Second, WordOdds.None).Write(file);
        Words.Write(Path.Combine(folder, BlockModelFiles.Words));
    }
}
