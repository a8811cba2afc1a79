using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Microsoft.AspNetCore.Mvc;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>The answer to an upload that at least one image was accepted of.</summary>
/// <param name="Photos">One entry an image, in their order.</param>
/// <param name="Refused">How many of them were refused.</param>
internal sealed record UploadAnswer(IReadOnlyList<ImageAnswer> Photos, int Refused);

/// <summary>What became of one image: an id, or an error.</summary>
/// <param name="Name">As the station named it.</param>
/// <param name="Id">The photo's; null where it is refused.</param>
/// <param name="Location">Where to ask what became of the photo.</param>
/// <param name="Error">Why it is refused.</param>
internal sealed record ImageAnswer(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Location,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageError? Error)
{
    public static ImageAnswer Accepted(string name, PhotoId photo) => new(name, photo.Value, StationEndpoints.LocationOf(photo), null);

    public static ImageAnswer Refused(string name, int status, string detail) => new(name, null, null, new ImageError(status, detail));
}

/// <param name="Status">The HTTP status that the image alone would have been answered with.</param>
/// <param name="Detail">A sentence: the image, the reason, the remedy.</param>
internal sealed record ImageError(int Status, string Detail);

/// <summary>A refused upload, as application/problem+json.</summary>
internal sealed class UploadProblem : ProblemDetails
{
    /// <summary>One entry an image, where some were read: what is accepted stays accepted.</summary>
    public IReadOnlyList<ImageAnswer>? Photos { get; init; }
}
