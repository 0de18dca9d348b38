namespace IngestPipeline.Queues;

/// <summary>The names that every queue takes alike.</summary>
internal static class QueueName
{
    /// <summary>What is added to a queue's name for the messages that were given up.</summary>
    public const string PoisonSuffix = "-poison";

    public static bool IsValid(string name) =>
        name.Length is >= 3 and <= 63
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);

    public static string Checked(string name) => IsValid(name)
        ? name
        : throw new ArgumentException(
            "A queue's name has 3 to 63 lower-case letters, digits and single hyphens, and begins and ends with a letter or digit.", nameof(name));

    public static TimeSpan Delay(TimeSpan delay) => delay < TimeSpan.Zero ? TimeSpan.Zero : delay > IWorkQueue.MaxDelay ? IWorkQueue.MaxDelay : delay;

    public static void CheckBody(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (System.Text.Encoding.UTF8.GetByteCount(body) > IWorkQueue.MaxBytes)
            throw new ArgumentException($"A message has at most {IWorkQueue.MaxBytes} bytes: send a pointer to what is longer.", nameof(body));
    }
}
