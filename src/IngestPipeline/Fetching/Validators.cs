namespace IngestPipeline.Fetching;

/// <summary>ETag and Last-Modified as opaque strings.</summary>
internal static class Validators
{
    /// <summary>
    /// True when an answer says that what the request named is still there: a 304, or a 200 that carries the validators that were sent, as
    /// servers send that cannot answer 304.
    /// </summary>
    public static bool Unchanged(HttpRequestMessage request, HttpResponseMessage response)
    {
        if ((int)response.StatusCode == 304)
            return true;
        if ((int)response.StatusCode != 200)
            return false;

        var (askedTag, askedDate) =
            (ResponseFields.First(request.Headers.NonValidated, "If-None-Match"), ResponseFields.First(request.Headers.NonValidated, "If-Modified-Since"));
        var (tag, date) =
            (ResponseFields.First(response.Headers.NonValidated, "ETag"), ResponseFields.First(response.Content.Headers.NonValidated, "Last-Modified"));
        // A date alone is too coarse: two changes in a second have one.
        return tag is not null && tag == askedTag && (askedDate is null || date is null || date == askedDate);
    }
}
