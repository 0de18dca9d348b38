namespace IngestPipeline.Fetching.Addresses;

/// <summary>No connection was made, because the address rules forbid it.</summary>
internal sealed class AddressRefusedException(string message) : Exception(message)
{
    /// <summary>The refusal behind what the HTTP stack made of it; null when there is none.</summary>
    public static AddressRefusedException? In(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is AddressRefusedException refused)
                return refused;
        }

        return null;
    }
}
