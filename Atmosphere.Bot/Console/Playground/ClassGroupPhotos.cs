using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>The playground's class group: anybody on this machine may post photos to a group and see their status.</summary>
internal static class ClassGroupPhotos
{
    private const int LargestRequest = 128 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var photos = routes.MapGroup("/playground/groups/{group}/photos");
        photos.MapPost("", PostAsync).DisableAntiforgery();
        photos.MapGet("/{sourceId}", FindAsync);
    }

    /// <summary>multipart/form-data with one or more photos; Idempotency-Key: the same key again is the same photos.</summary>
    private static async Task<IResult> PostAsync(
        string group, HttpContext http, GroupPhotos photos, PhotoIntake intake, CancellationToken cancellation)
    {
        if (!http.Request.HasFormContentType)
            return Refused.Because(StatusCodes.Status415UnsupportedMediaType, "Send photos as multipart/form-data.");

        RequestBody.Limit(http, LargestRequest);
        IFormFileCollection files;
        try
        {
            files = (await http.Request.ReadFormAsync(cancellation)).Files;
        }
        catch (Exception broken) when (broken is InvalidDataException or BadHttpRequestException or IOException)
        {
            return broken is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
                ? Refused.Because(StatusCodes.Status413PayloadTooLarge, "Send at most 128 MB at once.")
                : Refused.Because(StatusCodes.Status400BadRequest, "The form is damaged. Post the photo again.");
        }

        if (files.Count == 0)
            return Refused.Because(StatusCodes.Status400BadRequest, "There is no photo in the form. Add one as a file.");

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 100)
            return Refused.Because(StatusCodes.Status400BadRequest, "The Idempotency-Key is longer than 100 characters.");

        var source = key.Length > 0 ? key : Guid.NewGuid().ToString("N");
        try
        {
            return TypedResults.Accepted((string?)null, await ReceiveAsync(new GroupId(group), source, files, photos, intake, cancellation));
        }
        catch (PhotoRefusedException refused)
        {
            return Refused.Because(StatusCodes.Status422UnprocessableEntity, refused.Message);
        }
        catch (UnknownGroupException unknown)
        {
            return Refused.Because(StatusCodes.Status404NotFound, unknown.Message);
        }
        catch (StorageFullException full)
        {
            return Refused.Because(StatusCodes.Status507InsufficientStorage, full.Message);
        }
    }

    /// <summary>Accepts all photos of the form; if one is refused, none.</summary>
    private static async Task<List<GroupPost>> ReceiveAsync(
        GroupId group, string source, IFormFileCollection files, GroupPhotos photos, PhotoIntake intake, CancellationToken cancellation)
    {
        var read = new List<(string Name, ReadOnlyMemory<byte> Bytes)>();
        foreach (var file in files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellation);
            var name = Path.GetFileName(file.FileName);
            read.Add((name, (await intake.AcceptAsync(bytes.ToArray(), name, cancellation)).Bytes));
        }

        var posts = new List<GroupPost>();
        foreach (var (index, (name, bytes)) in read.Index())
        {
            var id = read.Count == 1 ? source : $"{source}-{index}";
            await photos.ReceiveAsync(group, id, name, bytes, cancellation);
            posts.Add(new GroupPost(id, name, GroupPhase.Working, "Posted."));
        }

        return posts;
    }

    private static async Task<IResult> FindAsync(string group, string sourceId, GroupPhotos photos, CancellationToken cancellation) =>
        await photos.FindAsync(new GroupId(group), sourceId, cancellation) is { } status
            ? TypedResults.Ok(GroupPost.Of(sourceId, status))
            : Refused.Because(StatusCodes.Status404NotFound, "This photo was never posted here, or it is deleted already.");
}
