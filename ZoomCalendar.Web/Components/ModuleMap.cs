using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace ZoomCalendar.Web.Components;

/// <summary>
/// The import map of pages with a circuit. Script modules are imported by their plain addresses; the map leads browsers to the
/// fingerprinted ones, which they may keep.
/// </summary>
internal static class ModuleMap
{
    private const string Label = "label";

    /// <returns>JSON that contains no character with a meaning in HTML.</returns>
    public static string Of(ResourceAssetCollection assets) => JsonSerializer.Serialize(new
    {
        imports = assets
            .Select(asset => (asset.Url, Name: asset.Properties?.FirstOrDefault(property => property.Name == Label)?.Value ?? ""))
            .Where(asset => asset.Name.EndsWith(".js", StringComparison.Ordinal) && !asset.Name.StartsWith('_'))
            .OrderBy(asset => asset.Name, StringComparer.Ordinal)
            .ToDictionary(asset => $"./{asset.Name}", asset => $"./{asset.Url}"),
    });
}
