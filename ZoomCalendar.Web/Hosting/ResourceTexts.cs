using System.Globalization;
using System.Resources;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// A folder's strings in the current language, where no localizer can be injected: in static members and in attributes of a form's model.
/// </summary>
/// <param name="owner">The class that names the resource file.</param>
internal sealed class ResourceTexts(Type owner)
{
    private readonly ResourceManager _resources = new(owner);

    /// <summary>The string for an English sentence; the sentence itself if the file has none.</summary>
    public string this[string english] => _resources.GetString(english, CultureInfo.CurrentUICulture) ?? english;

    /// <summary>The same, with values in place of the placeholders.</summary>
    public string this[string english, params object[] values] => string.Format(CultureInfo.CurrentCulture, this[english], values);
}
