namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Origins besides our own that a form may end up at: browsers apply the policy's <c>form-action</c> to the redirects after a post as well,
/// so Zoom's consent page and its meetings have to be named. Thread-safe; what starts later (a sandbox on a free port) adds itself.
/// </summary>
internal sealed class FormTargets
{
    // Where start links lead.
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
