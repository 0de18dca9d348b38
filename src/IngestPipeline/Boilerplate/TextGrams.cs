namespace IngestPipeline.Boilerplate;

/// <summary>
/// Which runs of three characters a text holds, as a set of bits: read once a text, it tells of many cues at a time which of them the text cannot
/// hold. It may say yes too often, never no.
/// </summary>
internal readonly ref struct TextGrams
{
    /// <summary>How long a cue must be to be looked for.</summary>
    public const int Length = 3;

    /// <summary>Room for the bits.</summary>
    public const int Room = 64;

    private const int PlaceBits = 12;

    // So many runs of a cue tell it apart.
    private const int MaxPlaces = 8;

    private readonly ReadOnlySpan<ulong> _bits;

    private TextGrams(ReadOnlySpan<ulong> bits) => _bits = bits;

    /// <summary>The bits, <see cref="Room"/> words.</summary>
    public ReadOnlySpan<ulong> Bits => _bits;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="room">Takes the bits: <see cref="Room"/> words.</param>
    public static TextGrams Read(ReadOnlySpan<char> text, Span<ulong> room)
    {
        room.Clear();
        for (var i = 0; i + Length <= text.Length; i++)
        {
            var place = PlaceAt(text, i);
            room[place >> 6] |= 1UL << place;
        }

        return new(room);
    }

    /// <summary>The set as an earlier <see cref="Read"/> left it.</summary>
    public static TextGrams Of(ReadOnlySpan<ulong> bits) => new(bits);

    /// <summary>The place in the set of the run at a place of a text.</summary>
    public static int PlaceAt(ReadOnlySpan<char> text, int at) => Place(text[at], text[at + 1], text[at + 2]);

    /// <summary>The places in the set of a cue's runs, its first run first.</summary>
    public static ushort[] PlacesOf(ReadOnlySpan<char> cue)
    {
        Span<ushort> places = stackalloc ushort[MaxPlaces];
        return Find(cue, places).ToArray();
    }

    /// <summary>False when the text does not hold the cue.</summary>
    public bool MayHold(ReadOnlySpan<char> cue) => MayHold(Find(cue, stackalloc ushort[MaxPlaces]));

    /// <summary>False when the text does not hold the cue that has these places.</summary>
    public bool MayHold(ReadOnlySpan<ushort> places)
    {
        foreach (var place in places)
        {
            if (!Has(place))
                return false;
        }

        return true;
    }

    /// <summary>True when the text holds a run that has this place.</summary>
    public bool Has(ushort place) => (_bits[place >> 6] & (1UL << place)) != 0;

    private static ReadOnlySpan<ushort> Find(ReadOnlySpan<char> cue, Span<ushort> places)
    {
        var runs = cue.Length - Length + 1;
        places = places[..Math.Clamp(runs, 0, MaxPlaces)];
        for (var p = 0; p < places.Length; p++)
        {
            var at = p * runs / places.Length;
            places[p] = (ushort)Place(cue[at], cue[at + 1], cue[at + 2]);
        }

        return places;
    }

    private static int Place(char a, char b, char c) => (int)(((a | ((uint)b << 10)) ^ ((uint)c << 20)) * 2654435761u >> (32 - PlaceBits));
}
