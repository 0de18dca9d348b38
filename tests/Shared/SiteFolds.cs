using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Tests;

/// <summary>Parts sites, so that a block model can be scored on pages of sites that it has not seen.</summary>
internal static class SiteFolds
{
    /// <summary>Into how many parts the scoreboard's models part the sites.</summary>
    public const int Halves = 2;

    /// <summary>The name of a page's site: what the truth says, else the address's host, else the page's id.</summary>
    public static string Site(string? said, string? address, string id) =>
        !string.IsNullOrEmpty(said) ? said : Uri.TryCreate(address, UriKind.Absolute, out var url) ? url.Host : id;

    /// <summary>The part that a site belongs to, by a hash of its name: all pages of a site are in one.</summary>
    /// <param name="site">Its name.</param>
    /// <param name="folds">How many parts there are, at most 256.</param>
    public static int Of(string site, int folds = Halves) => SHA256.HashData(Encoding.UTF8.GetBytes("fold:" + site))[0] % folds;

    /// <summary>The folder of the model that has seen no site of a part.</summary>
    public static string Folder(string models, int fold) => Path.Combine(models, $"unseen-{fold}");
}
