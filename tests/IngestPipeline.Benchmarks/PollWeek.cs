using System.Globalization;
using IngestPipeline.Feeds.Polling;

namespace IngestPipeline.Benchmarks;

/// <summary>
/// A simulated week: how fresh entries are and how many requests that takes, under the schedule and under fixed intervals. Feeds get a rate
/// from a log-normal distribution (median five entries a day, a few with hundreds), a time zone, quiet nights and weekends, and bursts.
/// </summary>
internal static class PollWeek
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public static int Run(string[] args, TextWriter output)
    {
        var feeds = args is ["--feeds", var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 10_000;
        var measured = Start.AddDays(14);
        var end = measured.AddDays(7);
        var random = new Random(20260314);
        var adaptive = new Tally();
        var quarter = new Tally();
        var arrivals = new DateTimeOffset[feeds][];
        for (var n = 0; n < feeds; n++)
            arrivals[n] = Arrivals(random, end);
        for (var n = 0; n < feeds; n++)
        {
            Adaptive(string.Create(CultureInfo.InvariantCulture, $"feed{n}"), arrivals[n], measured, end, adaptive);
            Fixed(TimeSpan.FromMinutes(15), n, arrivals[n], measured, end, quarter);
        }

        // The fixed interval that spends what the schedule spends.
        var same = new Tally();
        var interval = TimeSpan.FromDays(7d * feeds / adaptive.Requests);
        for (var n = 0; n < feeds; n++)
            Fixed(interval, n, arrivals[n], measured, end, same);

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{feeds} feeds, {adaptive.Count} entries in the week that is measured, two weeks of learning before it; minutes from publication to poll"));
        output.WriteLine("| polling | requests a feed and day | p50 | p95 | p99 | mean |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        Row("the schedule", adaptive);
        Row("every 15 minutes", quarter);
        Row(string.Create(CultureInfo.InvariantCulture, $"every {interval.TotalMinutes:F1} minutes (as many requests as the schedule)"), same);
        return 0;

        void Row(string name, Tally tally) => output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {tally.Requests / 7d / feeds:F1} | {tally.At(0.5):F1} | {tally.At(0.95):F1} | {tally.At(0.99):F1} | {tally.Mean:F1} |"));
    }

    internal static DateTimeOffset[] Arrivals(Random random, DateTimeOffset end)
    {
        var perDay = Math.Min(Math.Exp(Math.Log(5) + (1.5 * Normal(random))), 400);
        var zone = random.Next(24);
        var times = new List<DateTimeOffset>();
        // Thinning: candidates at the peak rate, kept by the hour's share.
        var peak = perDay / 24 * 2.2;
        for (var at = Start; at < end;)
        {
            at += TimeSpan.FromHours(-Math.Log(1 - random.NextDouble()) / peak);
            var local = at.AddHours(zone);
            var share = local.Hour switch { < 5 => 0.1, < 7 => 0.4, < 10 => 0.9, < 19 => 1.0, < 22 => 0.6, _ => 0.3 };
            if (local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                share *= 0.5;
            if (random.NextDouble() >= share)
                continue;
            times.Add(at);
            // One entry in ten brings others along: an agency's batch, a section's edition.
            for (var more = random.NextDouble() < 0.1 ? random.Next(1, 6) : 0; more > 0; more--)
                times.Add(at.AddSeconds(random.Next(0, 600)));
        }

        times.Sort();
        return [.. times.Where(t => t < end)];
    }

    private static void Adaptive(string id, DateTimeOffset[] arrivals, DateTimeOffset measured, DateTimeOffset end, Tally tally)
    {
        var options = new PollOptions();
        var state = new FeedState { FeedId = id, Url = new("https://feed.example/") };
        var at = PollSchedule.First(id, Start, 10_000, options);
        DateTimeOffset? last = null;
        var read = 0;
        while (at < end)
        {
            var fresh = new List<DateTimeOffset>();
            for (; read < arrivals.Length && arrivals[read] <= at; read++)
            {
                fresh.Add(arrivals[read]);
                if (at >= measured)
                    tally.Add(at - arrivals[read]);
            }

            if (at >= measured)
                tally.Requests++;
            state = state with { Rhythm = state.Rhythm.After(last, at, fresh) };
            last = at;
            at = PollSchedule.AfterSuccess(state, at, null, null, options);
        }
    }

    private static void Fixed(TimeSpan interval, int n, DateTimeOffset[] arrivals, DateTimeOffset measured, DateTimeOffset end, Tally tally)
    {
        var phase = n % 97 / 97d * interval;
        var read = 0;
        for (var at = Start + phase; at < end; at += interval)
        {
            for (; read < arrivals.Length && arrivals[read] <= at; read++)
            {
                if (at >= measured)
                    tally.Add(at - arrivals[read]);
            }

            if (at >= measured)
                tally.Requests++;
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed class Tally
    {
        private readonly List<float> _waits = [];
        private bool _sorted;

        public long Requests { get; set; }

        public int Count => _waits.Count;

        public double Mean => _waits.Average();

        public void Add(TimeSpan wait) => _waits.Add((float)wait.TotalMinutes);

        public double At(double share)
        {
            if (!_sorted)
                _waits.Sort();
            _sorted = true;
            return _waits[(int)Math.Min(_waits.Count - 1, share * _waits.Count)];
        }
    }
}
