using System.Text.Json;
using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;

namespace Atmosphere.Recognition.Messaging;

/// <summary>Writes and reads messages as JSON. Ids are plain strings, enums are written by name.</summary>
internal static class MessageJson
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new TextIdConverters(), new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static string Write(IMessage message) => JsonSerializer.Serialize(message, message.GetType(), _options);

    /// <exception cref="HopelessException">The JSON is not a message of this type.</exception>
    public static IMessage Read(string json, Type type)
    {
        try
        {
            return (IMessage?)JsonSerializer.Deserialize(json, type, _options) ?? throw new HopelessException($"The body of a {type.Name} is null.");
        }
        catch (JsonException error)
        {
            throw new HopelessException($"The body is no {type.Name}: {error.Message}", error);
        }
    }

    private sealed class TextIdConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => TextIds.IsTextId(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(TextIdConverter<>).MakeGenericType(typeToConvert))!;
    }

    private sealed class TextIdConverter<T> : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TextIds.Make<T>(reader.GetString() ?? throw new JsonException($"An id of type {typeToConvert.Name} is null."));

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(TextIds.Text(value));
    }
}
