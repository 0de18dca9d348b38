namespace IngestPipeline.Simulation;

/// <summary>What an outlet does that others do not; each comes to one of three outlets that may have it, drawn by the seed.</summary>
/// <param name="Pins">Its first story stays on top of its feed.</param>
/// <param name="Moves">When its feed moves to another address for good; null = never.</param>
/// <param name="Out">When it answers nothing for an hour; null = never.</param>
/// <param name="Readdresses">Some of its stories get another address after forty minutes; the old one leads there.</param>
/// <param name="Edits">Headlines of some of its stories change twice.</param>
/// <param name="Withdraws">Some of its pages are gone after an hour, and still in the feed.</param>
/// <param name="Reuses">Some of its stories stand at one address, one after the other, each with an entry of its own.</param>
/// <param name="Shares">A second feed of it names its pages and another outlet's, with addresses written otherwise; each of the two drops some first.</param>
internal sealed record Habits(
    bool Pins, DateTimeOffset? Moves, DateTimeOffset? Out, bool Readdresses, bool Edits, bool Withdraws, bool Reuses, bool Shares)
{
    public static Habits None { get; } = new(false, null, null, false, false, false, false, false);

    public static Habits Draw(int seed, DateTimeOffset start)
    {
        var random = new Random(seed * 7919);
        bool Third() => random.Next(3) == 0;
        DateTimeOffset? At() => Third() ? start.AddMinutes(random.Next(10, 160)) : null;
        return new(Third(), At(), At(), Third(), Third(), Third(), Third(), Third());
    }

    public bool IsOut(DateTimeOffset now) => Out is { } from && now >= from && now < from.AddHours(1);
}
