using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>POST /api/faces and GET /api/photos/{id}: reachable from anywhere with a station's token.</summary>
internal static class StationEndpoints
{
    public static void MapStations(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api").WithGroupName(StationApiPages.Document).WithTags("Stations");
        api.AddEndpointFilter(AnswerRefusals);
        var upload = api.MapPost("/faces", UploadAsync)
            .WithSummary("Uploads photos")
            .WithDescription("Each image is stored durably before the answer, and recognised afterwards. An image that is refused does not keep the others out.")
            .WithImages()
            .Produces<UploadAnswer>(202)
            .ProducesProblem(401)
            .ProducesProblem(403);
        foreach (var status in (int[])[400, 408, 413, 415, 422, 503, 507])
            upload.Produces<UploadProblem>(status, "application/problem+json");
        api.MapGet("/photos/{id}", FindAsync)
            .WithSummary("Tells what became of a photo")
            .WithDescription("Only photos of the same client are told of, and nobody is named.")
            .Produces<PhotoAnswer>()
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(404);
        endpoints.MapStationApiPages();
    }

    public static string LocationOf(PhotoId photo) => $"/api/photos/{photo}";

    private static async ValueTask<object?> AnswerRefusals(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.Response.Headers.CacheControl = "no-store";
        RequestBody.Limit(invocation.HttpContext, null);
        try
        {
            return await next(invocation);
        }
        catch (RefusedRequestException refused)
        {
            return Refused.Because(refused.Status, refused.Message);
        }
        catch (OperationCanceledException) when (invocation.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // The client is gone, so nobody reads this response.
            return Refused.Because(400, "The connection broke off.");
        }
    }

    private static async Task<IResult> UploadAsync(HttpContext context, StationDoor door, StationUpload upload)
    {
        var station = await door.OpenAsync(context);
        var images = new List<ImageAnswer>();
        try
        {
            await upload.TakeAsync(context, station, images);
        }
        catch (RefusedRequestException refused)
        {
            return Problem(refused.Status, refused.Message, images);
        }
        catch (StorageFullException)
        {
            return Problem(507, "The server's disk is full. Send it again when there is space, with the same Idempotency-Key.", images);
        }

        return Answer(context, images);
    }

    private static IResult Answer(HttpContext context, List<ImageAnswer> images)
    {
        var refused = images.Where(image => image.Error is not null).ToList();
        if (refused.Count < images.Count)
        {
            context.Response.Headers.Location = images.First(image => image.Error is null).Location;
            return Results.Json(new UploadAnswer(images, refused.Count), statusCode: 202);
        }

        var errors = refused.Select(image => image.Error!).ToList();
        return errors is [var only]
            ? Problem(only.Status, only.Detail, [])
            : Problem(
                errors.All(error => error.Status == errors[0].Status) ? errors[0].Status : 422,
                $"None of the {errors.Count} images was accepted; each entry of 'photos' says why.",
                images);
    }

    /// <summary>Lists also the images accepted before the problem: they stay accepted.</summary>
    private static IResult Problem(int status, string sentence, List<ImageAnswer> images) =>
        images.Count == 0
            ? Refused.Because(status, sentence)
            : Results.Problem(sentence, statusCode: status, extensions: new Dictionary<string, object?> { ["photos"] = images });

    private static async Task<IResult> FindAsync(string id, HttpContext context, StationDoor door, GroupPhotos photos)
    {
        var station = await door.OpenAsync(context);
        return await photos.FindAsync(station.Id, new PhotoId(id), context.RequestAborted) is { } status
            ? Results.Json(PhotoAnswer.Of(status))
            : Refused.Because(404, "This client uploaded no photo with this id, or the photo is deleted because its time to live is over.");
    }
}
