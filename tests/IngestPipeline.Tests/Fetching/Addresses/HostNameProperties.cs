using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Fetching.Addresses;
using HostName = IngestPipeline.Fetching.Addresses.HostName;

namespace IngestPipeline.Tests.Fetching.Addresses;

/// <summary>An address is judged the same in every spelling.</summary>
public sealed class HostNameProperties
{
    [Fact]
    public void Every_spelling_of_an_ipv4_address_is_that_address() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var bytes = BitConverter.GetBytes(unchecked((uint)seed * 2_654_435_761u));
            var address = new IPAddress(bytes);
            return Spellings(bytes).All(s => address.Equals(HostName.Address(HostName.Plain(s))));
        }).Hold(500);

    [Fact]
    public void An_ipv6_address_that_carries_an_ipv4_one_is_public_only_where_that_is() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        seed =>
        {
            var bytes = BitConverter.GetBytes(unchecked((uint)seed * 2_654_435_761u));
            var inner = PublicAddress.Is(new(bytes));
            var hex = Convert.ToHexStringLower(bytes);
            return PublicAddress.Is(IPAddress.Parse($"::ffff:{hex[..4]}:{hex[4..]}")) == inner
                && PublicAddress.Is(IPAddress.Parse($"64:ff9b::{hex[..4]}:{hex[4..]}")) == inner
                && PublicAddress.Is(IPAddress.Parse($"2002:{hex[..4]}:{hex[4..]}::1")) == inner
                && !PublicAddress.Is(IPAddress.Parse($"::{hex[..4]}:{hex[4..]}"));
        }).Hold(500);

    [Fact]
    public void What_no_url_spells_as_an_address_is_a_name()
    {
        string[] names = ["post.example", "1.2.3.4.5", "256.1.1.1", "1.2.3.999", "0x.example", "09.1.1.1", "4294967296", "a.1", "1.2.3.4a", "-1"];
        Assert.All(names, n => Assert.Null(HostName.Address(HostName.Plain(n))));
    }

    private static IEnumerable<string> Spellings(byte[] b)
    {
        var number = (uint)((b[0] << 24) | (b[1] << 16) | (b[2] << 8) | b[3]);
        string Octal(byte x) => "0" + Convert.ToString(x, 8);
        var dotted = $"{b[0]}.{b[1]}.{b[2]}.{b[3]}";
        yield return dotted;
        yield return dotted + ".";
        yield return number.ToString(CultureInfo.InvariantCulture);
        yield return "0x" + number.ToString("x", CultureInfo.InvariantCulture);
        yield return "0" + Convert.ToString(number, 8);
        yield return $"{Octal(b[0])}.{Octal(b[1])}.{Octal(b[2])}.{Octal(b[3])}";
        yield return $"0x{b[0]:x}.0X{b[1]:X}.0x{b[2]:x}.0x{b[3]:x}";
        yield return $"{b[0]}.{(b[1] << 16) | (b[2] << 8) | b[3]}";
        yield return $"{b[0]}.{b[1]}.{(b[2] << 8) | b[3]}";
        yield return string.Concat(dotted.Select(c => c == '.' ? '\u3002' : (char)(c - '0' + '\uFF10')));
        yield return string.Concat(dotted.Select(c => c == '.' ? '.' : c == '0' ? '\u24EA' : (char)(c - '1' + '\u2460')));
    }
}
