using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Webhooks;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Container;

/// <summary>POST /whatsapp/container: whoever signs with its key posts what happens in groups; GET /whatsapp/container/schema says how.</summary>
internal static class ContainerEndpoint
{
    public const string SchemaPath = "/whatsapp/container/schema";

    private const string Prefix = "sha256=";

    private static readonly TimeSpan _longestAway = TimeSpan.FromMinutes(5);

    public static void MapContainer(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/whatsapp/container", ReceiveAsync).AnswerRefusals();
        endpoints.MapGet(SchemaPath, () => Results.Stream(
            typeof(ContainerEndpoint).Assembly.GetManifestResourceStream("whatsapp-message.schema.json")!, "application/schema+json"));
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, ContainerIntake intake, IOptions<ContainerOptions> options, TimeProvider clock)
    {
        if (!options.Value.IsOpen)
            return Refused.Because(404, $"No container is expected here: {ContainerOptions.Section}:Key is not set.");

        var bytes = await WebhookBody.ReadAsync(context, RequestBody.LargestJson);
        if (!IsSigned(context.Request, bytes, options.Value.Key!, clock.GetUtcNow()))
        {
            return Refused.Because(
                401,
                "The signature is missing, wrong, or older than 5 minutes: X-Atmosphere-Signature is sha256= and the HMAC-SHA256, in hexadecimal, of "
                + "X-Atmosphere-Timestamp (seconds since 1970), a dot and the body.");
        }

        var message = await ReadAsync(context, bytes, clock.GetUtcNow());
        return Results.Json(new { photos = await intake.TakeAsync(message, context.RequestAborted) }, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<ContainerMessage> ReadAsync(HttpContext context, byte[] bytes, DateTimeOffset now)
    {
        if (context.Request.HasJsonContentType())
        {
            using var body = WebhookBody.Parse(bytes);
            return ContainerMessage.Read(body.RootElement, now);
        }

        var parts = await ContainerParts.ReadAsync(context.Request.ContentType, bytes);
        using var message = WebhookBody.Parse(parts.Message);
        var read = ContainerMessage.Read(message.RootElement, now);
        if (parts.Files.Count > 0 && (read.Media.Count > 0 || read.Told.Kind != Incoming.Groups.ChatEventKind.Posted))
            throw new RefusedRequestException(422, "Files come with a message, either as parts or as 'media', not both.");
        return parts.Files.Count > 0 ? read with { Media = parts.Files } : read;
    }

    private static bool IsSigned(HttpRequest request, byte[] body, string key, DateTimeOffset now)
    {
        var timestamp = request.Headers["X-Atmosphere-Timestamp"].ToString();
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(seconds - now.ToUnixTimeSeconds()) > _longestAway.TotalSeconds)
        {
            return false;
        }

        var signature = request.Headers["X-Atmosphere-Signature"].ToString();
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        mac.AppendData(Encoding.ASCII.GetBytes($"{timestamp}."));
        mac.AppendData(body);
        return Signature.IsSame(signature.StartsWith(Prefix, StringComparison.Ordinal) ? signature[Prefix.Length..] : null, mac.GetHashAndReset());
    }
}
