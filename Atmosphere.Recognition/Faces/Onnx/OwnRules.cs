using System.Text.Json;
using Atmosphere.Recognition.Faces.Onnx.Models;

namespace Atmosphere.Recognition.Faces.Onnx;

/// <summary>The rules for an own recogniser, from a JSON file: children and adults, each with leadAtLeast and scores.</summary>
internal static class OwnRules
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The rules of the recogniser that the settings name.</summary>
    /// <exception cref="FaceModelException">The file cannot be read, or a rule cannot work.</exception>
    public static NamingRules Of(FaceModelOptions options) => options.Rules ?? (options.RecogniserRules is { } file ? Read(file) : NamingRules.FaceApi);

    /// <exception cref="FaceModelException">The file cannot be read, or a rule cannot work.</exception>
    public static NamingRules Read(string file)
    {
        try
        {
            var rules = JsonSerializer.Deserialize<NamingRules>(File.ReadAllText(file), _json) ?? throw new JsonException("It is empty.");
            return rules.Problems().FirstOrDefault() is { } problem ? throw new FaceModelException($"{file}: {problem}") : rules;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new FaceModelException(
                $"{file} holds no rules for naming ({error.Message}). Write children and adults, each with leadAtLeast and scores, as docs/configuration.md shows.", error);
        }
    }
}
