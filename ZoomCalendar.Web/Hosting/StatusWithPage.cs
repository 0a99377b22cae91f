namespace ZoomCalendar.Web.Hosting;

/// <summary>The status code of an answer that is a page of its own.</summary>
internal static class StatusWithPage
{
    /// <summary>
    /// Sets the status when the answer starts. Razor components drop the content of a page that sets 404 while it is rendered, and the
    /// general error page takes its place.
    /// </summary>
    public static void SendLater(this HttpResponse response, int status)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.OnStarting(() =>
        {
            // A fault after this has a status of its own.
            if (response.StatusCode == StatusCodes.Status200OK)
            {
                response.StatusCode = status;
            }

            return Task.CompletedTask;
        });
    }
}
