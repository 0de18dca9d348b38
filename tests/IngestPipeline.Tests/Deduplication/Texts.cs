using System.Globalization;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

/// <summary>Makes reports, their copies and their page noise from word lists and a seed.</summary>
internal static class Texts
{
    private static readonly string[] Subjects =
        ["The council", "A spokesman", "The harbour master", "Residents", "The ministry", "An inspector", "Two engineers", "The union", "Farmers", "The court"];

    private static readonly string[] Verbs =
        ["rejected", "approved", "measured", "questioned", "repaired", "described", "postponed", "defended", "inspected", "abandoned"];

    private static readonly string[] Objects =
        ["the flood barrier", "a new ferry timetable", "the bridge contract", "the school budget", "an old grain store", "the water licence",
         "the northern road", "a wage agreement", "the power station", "the museum roof"];

    private static readonly string[] Ends =
        ["after a long night of talks", "despite heavy rain over the valley", "in a letter read aloud on the steps", "because the figures did not add up",
         "while hundreds watched from the quay", "although no money had been set aside", "before the first snow closed the pass",
         "as neighbours argued about the noise", "under rules written three decades ago", "when the last train had already left"];

    public static DateTimeOffset Noon { get; } = new(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A report of the given number of sentences; another seed tells another story.</summary>
    public static string Report(int seed, int sentences = 24)
    {
        var random = new Random(seed);
        var names = Enumerable.Range(0, 6).Select(_ => Name(random)).ToArray();
        var lines = Enumerable.Range(0, sentences).Select(i =>
            $"{Pick(random, Subjects)} {Pick(random, Verbs)} {Pick(random, Objects)} near {names[i % names.Length]} {Pick(random, Ends)}, "
            + $"and {random.Next(12, 990).ToString(CultureInfo.InvariantCulture)} people in {Name(random)} waited {Pick(random, Ends)}.");
        return string.Join("\n\n", lines.Chunk(2).Select(p => string.Join(' ', p)));
    }

    public static CopyDocument Document(string id, string text, string source = "Harbour Post", double hours = 0, string title = "") =>
        new() { Id = id, Text = text, Title = title.Length > 0 ? title : "Report " + id, Source = source, FirstSeen = Noon.AddHours(hours) };

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static string Name(Random random)
    {
        const string Consonants = "bdfgklmnprstv";
        const string Vowels = "aeiou";
        var letters =
            Enumerable.Range(0, 3).SelectMany(_ => new[] { Consonants[random.Next(Consonants.Length)], Vowels[random.Next(Vowels.Length)] }).ToArray();
        letters[0] = char.ToUpperInvariant(letters[0]);
        return new string(letters);
    }
}
