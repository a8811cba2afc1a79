using System.Security.Cryptography;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>
/// POST /whatsapp/container: accepts group events signed with the container's key. GET /whatsapp/container/schema describes them.
/// </summary>
internal static class ContainerEndpoint
{
    public const string SchemaPath = "/whatsapp/container/schema";

    private const string Prefix = "sha256=";

    public static void MapContainer(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/whatsapp/container", ReceiveAsync).AnswerRefusals();
        endpoints.MapGet(SchemaPath, () => Results.Stream(
            typeof(ContainerEndpoint).Assembly.GetManifestResourceStream("whatsapp-message.schema.json")!, "application/schema+json"));
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, SignedBodies bodies, ContainerIntake intake, IOptions<ContainerOptions> options, TimeProvider clock)
    {
        if (!options.Value.IsOpen)
            return Refused.Because(404, $"No container is expected here: {ContainerOptions.Section}:Key is not set.");

        var now = clock.GetUtcNow();
        await using var body = await bodies.ReadAsync(context, RequestBody.LargestJson, Claim(context.Request, options.Value.Key!, now));
        return Results.Json(new { photos = await intake.TakeAsync(await ReadAsync(context, body, now), context.RequestAborted) }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<ContainerMessage> ReadAsync(HttpContext context, SignedBody signed, DateTimeOffset now)
    {
        if (context.Request.HasJsonContentType())
        {
            using var body = WebhookBody.Parse(await signed.ToArrayAsync());
            return ContainerMessage.Read(body.RootElement, now);
        }

        var parts = await ContainerParts.ReadAsync(context.Request.ContentType, signed.Open());
        using var message = WebhookBody.Parse(parts.Message);
        var read = ContainerMessage.Read(message.RootElement, now);
        if (parts.Files.Count > 0 && (read.Media.Count > 0 || read.Told.Kind != Incoming.Groups.ChatEventKind.Posted))
            throw new RefusedRequestException(422, "Files come with a message, either as parts or as 'media', not both.");
        return parts.Files.Count > 0 ? read with { Media = parts.Files } : read;
    }

    private static SignatureClaim Claim(HttpRequest request, string key, DateTimeOffset now)
    {
        var wrong = new RefusedRequestException(
            401,
            "The signature is missing, wrong, or older than 5 minutes: X-Atmosphere-Signature is sha256= and the HMAC-SHA256, in hexadecimal, of "
            + "X-Atmosphere-Timestamp (seconds since 1970), a dot and the body.");
        var timestamp = request.Headers["X-Atmosphere-Timestamp"].ToString();
        return Signature.IsRecent(timestamp, now) && Signature.Hexadecimal(request.Headers["X-Atmosphere-Signature"], Prefix, HMACSHA256.HashSizeInBytes) is { } given
            ? new SignatureClaim(given, HashAlgorithmName.SHA256, $"{timestamp}.", [key], wrong)
            : throw wrong;
    }
}
