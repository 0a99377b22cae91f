namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Origins other than our own to which a form may lead. Browsers apply the policy's <c>form-action</c> to the redirects after a post too,
/// so Zoom's consent page and its meetings have to be listed. Thread-safe; a sandbox that starts later adds its origin.
/// </summary>
internal sealed class FormActionOrigins
{
    // The origins of start links.
    private volatile string[] _origins = ["https://zoom.us", "https://*.zoom.us"];

    public string Sources => string.Join(' ', _origins);

    public void Allow(Uri address)
    {
        var origin = address.GetLeftPart(UriPartial.Authority);
        lock (this)
        {
            _origins = [.. _origins.Append(origin).Distinct()];
        }
    }
}
