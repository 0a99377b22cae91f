using Microsoft.Extensions.Options;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Legal;

/// <summary>Who runs this installation, as the settings say. Read once, at the start.</summary>
internal sealed class SiteOperator(IOptions<OperatorOptions> options, IConfiguration configuration, IHostEnvironment environment)
{
    public const int MaxVerificationLength = 200;

    /// <summary>Null: not stated.</summary>
    public string? Name { get; } = Stated(options.Value.Name);

    /// <summary>Null: not stated.</summary>
    public string? Address { get; } = Stated(options.Value.Address);

    /// <summary>Null: not stated.</summary>
    public string? Email { get; } = Stated(options.Value.Email);

    /// <summary>Empty: our text is shown.</summary>
    public IReadOnlyList<TextBlock> Privacy { get; } =
        OwnText.Read(OwnText.PrivacyKey, options.Value.PrivacyText, new AppFolders(configuration, environment));

    /// <summary>Empty: our text is shown.</summary>
    public IReadOnlyList<TextBlock> Terms { get; } =
        OwnText.Read(OwnText.TermsKey, options.Value.TermsText, new AppFolders(configuration, environment));

    /// <summary>Empty: our text is shown.</summary>
    public IReadOnlyList<TextBlock> Support { get; } =
        OwnText.Read(OwnText.SupportKey, options.Value.SupportText, new AppFolders(configuration, environment));

    /// <summary>Empty: our text is shown.</summary>
    public IReadOnlyList<TextBlock> ZoomGuide { get; } =
        OwnText.Read(OwnText.ZoomGuideKey, options.Value.ZoomGuideText, new AppFolders(configuration, environment));

    /// <summary>Null: there is no verification file.</summary>
    public string? ZoomVerification { get; } = Stated(configuration["Zoom:DomainVerification"]);

    public static bool IsVerificationCode(string text) =>
        text.Length <= MaxVerificationLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static string? Stated(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
