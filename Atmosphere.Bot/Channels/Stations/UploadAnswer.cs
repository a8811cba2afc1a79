using System.Text.Json.Serialization;
using Atmosphere.Recognition.Domain;
using Microsoft.AspNetCore.Mvc;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>The response to an upload with at least one accepted image.</summary>
/// <param name="Photos">One entry per image, in order.</param>
/// <param name="Refused">Number of refused images.</param>
internal sealed record UploadAnswer(IReadOnlyList<ImageAnswer> Photos, int Refused);

/// <summary>The result for one image: an id, or an error.</summary>
/// <param name="Name">The station's name for the image.</param>
/// <param name="Id">Id of the photo; null if it was refused.</param>
/// <param name="Location">Address of the photo's status.</param>
/// <param name="Error">Why it was refused.</param>
internal sealed record ImageAnswer(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Location,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImageError? Error)
{
    public static ImageAnswer Accepted(string name, PhotoId photo) => new(name, photo.Value, StationEndpoints.LocationOf(photo), null);

    public static ImageAnswer Refused(string name, int status, string detail) => new(name, null, null, new ImageError(status, detail));
}

/// <param name="Status">The HTTP status that a request with this image alone would get.</param>
/// <param name="Detail">A sentence: the image, the reason, the remedy.</param>
internal sealed record ImageError(int Status, string Detail);

/// <summary>A refused upload, as application/problem+json.</summary>
internal sealed class UploadProblem : ProblemDetails
{
    /// <summary>One entry per image, if some were read: accepted ones stay accepted.</summary>
    public IReadOnlyList<ImageAnswer>? Photos { get; init; }
}
