using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atmosphere.Bot.Channels.Activities;

/// <summary>How activities are written and read.</summary>
internal static class ActivityJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(Activity activity) => JsonSerializer.Serialize(activity, Options);

    /// <exception cref="JsonException">The text is no activity.</exception>
    public static Activity Read(string json) =>
        JsonSerializer.Deserialize<Activity>(json, Options) ?? throw new JsonException("An activity is a JSON object.");
}
