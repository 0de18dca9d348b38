using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace IngestPipeline.Extraction;

/// <summary>
/// Values by a number that is a hash or a packed text already: open addressing, so that a look-up reads one place in memory as a rule. Immutable and safe to
/// share.
/// </summary>
/// <typeparam name="TValue">What is looked up.</typeparam>
internal sealed class HashedTable<TValue>
    where TValue : struct
{
    // A free slot has the key 0 and the default value.
    private readonly (ulong Key, TValue Value)[] _slots;
    private readonly int _shift;

    /// <summary>Takes the values, each key once and none of them 0.</summary>
    public HashedTable(IReadOnlyCollection<KeyValuePair<ulong, TValue>> values)
    {
        _slots = new (ulong, TValue)[BitOperations.RoundUpToPowerOf2((uint)(values.Count * 2) + 2)];
        _shift = 64 - BitOperations.Log2((uint)_slots.Length);
        foreach (var (key, value) in values)
        {
            var slot = Place(key);
            while (_slots[slot].Key != 0 && _slots[slot].Key != key)
                slot = (slot + 1) & (_slots.Length - 1);
            if (_slots[slot].Key == key)
                throw new ArgumentException($"The key {key} is 0 or stands twice.", nameof(values));
            _slots[slot] = (key, value);
        }
    }

    /// <summary>The value of a key; the default when there is none.</summary>
    public TValue this[ulong key]
    {
        get
        {
            var slots = _slots;
            var at = Place(key);
            while (slots[at].Key != 0 && slots[at].Key != key)
                at = (at + 1) & (slots.Length - 1);
            return slots[at].Key == key ? slots[at].Value : default;
        }
    }

    /// <summary>Has the processor read a key's place, so that many keys asked for soon after do not wait for memory one by one.</summary>
    public unsafe void Fetch(ulong key)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[Place(key)]));
    }

    private int Place(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> _shift);
}
