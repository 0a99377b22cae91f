namespace ZoomCalendar.Web.Legal;

/// <summary>The pages about the operator, privacy, terms and Zoom. Their addresses are also in the app's listing at Zoom.</summary>
internal static class LegalUrls
{
    public const string Privacy = "/legal/privacy";
    public const string Terms = "/legal/terms";
    public const string Support = "/support";
    public const string ZoomGuide = "/docs/zoom";

    /// <summary>Zoom reads it to verify that the domain belongs to the owner of the Marketplace app.</summary>
    public const string ZoomVerification = "/zoomverify/verifyzoom.html";
}
