using Atmosphere.Bot.Channels.Access;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Channels.DirectLine;

/// <summary>Direct Line 3.0 for Web Chat and similar clients on this machine.</summary>
internal static class DirectLineEndpoints
{
    public const string CorsPolicy = "directline";

    public static void MapDirectLine(this IEndpointRouteBuilder endpoints)
    {
        var direct = endpoints.MapGroup("/v3/directline").RequireCors(CorsPolicy).RequireLoopback();
        direct.AddEndpointFilter(AnswerRefusals);
        direct.MapPost("/tokens/generate", (DirectLineTokens tokens) => Token(tokens, NewConversation()));
        direct.MapPost("/tokens/refresh", (HttpContext context, DirectLineTokens tokens) => Token(tokens, tokens.Authorize(context)));
        direct.MapPost("/conversations", StartAsync);
        direct.MapGet("/conversations/{conversation}", ReconnectAsync);
        direct.MapPost("/conversations/{conversation}/activities", PostAsync);
        direct.MapGet("/conversations/{conversation}/activities", ReadAsync);
        direct.MapPost("/conversations/{conversation}/upload", UploadAsync).DisableAntiforgery();
        direct.MapGet("/conversations/{conversation}/stream", StreamAsync);
    }

    private static async ValueTask<object?> AnswerRefusals(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        invocation.HttpContext.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(invocation);
        }
        catch (RefusedRequestException refused)
        {
            return Refused.Because(refused.Status, refused.Message);
        }
        catch (StorageFullException)
        {
            return Refused.NoSpace;
        }
    }

    private static string NewConversation() => Guid.CreateVersion7().ToString("N");

    private static IResult Token(DirectLineTokens tokens, string conversation) =>
        Results.Json(new { conversationId = conversation, token = tokens.Create(conversation), expires_in = tokens.ExpiresIn });

    private static async Task<IResult> StartAsync(HttpContext context, DirectLineTokens tokens, DirectLineInbox inbox)
    {
        var conversation = context.Request.Headers.Authorization.Count > 0 ? tokens.Authorize(context) : NewConversation();
        var isNew = await inbox.StartAsync(conversation, context.RequestAborted);
        return Opened(context, tokens, conversation, "-", isNew ? 201 : 200);
    }

    private static async Task<IResult> ReconnectAsync(
        string conversation, string? watermark, HttpContext context, DirectLineTokens tokens, DirectLineInbox inbox)
    {
        tokens.Authorize(context, conversation);
        _ = DirectLineReader.ParseWatermark(watermark);
        await inbox.StartAsync(conversation, context.RequestAborted);
        return Opened(context, tokens, conversation, watermark ?? "-", 200);
    }

    private static IResult Opened(HttpContext context, DirectLineTokens tokens, string conversation, string watermark, int status)
    {
        var token = tokens.Create(conversation);
        var scheme = context.Request.IsHttps ? "wss" : "ws";
        var stream = $"{scheme}://{context.Request.Host}{context.Request.PathBase}/v3/directline/conversations/{conversation}/stream"
            + $"?watermark={Uri.EscapeDataString(watermark)}&t={token}";
        return Results.Json(new { conversationId = conversation, token, expires_in = tokens.ExpiresIn, streamUrl = stream }, statusCode: status);
    }

    private static async Task<IResult> PostAsync(string conversation, HttpContext context, DirectLineTokens tokens, DirectLineInbox inbox)
    {
        tokens.Authorize(context, conversation);
        var activity = await ActivityJson.ReadAsync(context);
        if (string.IsNullOrEmpty(activity.Type))
            throw new RefusedRequestException(400, "An activity needs a type, such as message.");
        return Results.Json(new { id = await inbox.PostAsync(conversation, activity, [], context.RequestAborted) });
    }

    private static async Task<IResult> UploadAsync(string conversation, HttpContext context, DirectLineTokens tokens, DirectLineInbox inbox)
    {
        tokens.Authorize(context, conversation);
        var (activity, files) = await DirectLineUpload.ReadAsync(context);
        return Results.Json(new { id = await inbox.PostAsync(conversation, activity, files, context.RequestAborted) });
    }

    private static async Task<IResult> ReadAsync(
        string conversation, string? watermark, HttpContext context, DirectLineTokens tokens, DirectLineReader reader, DirectLineTyping typing)
    {
        tokens.Authorize(context, conversation);
        var set = await reader.ReadAsync(conversation, DirectLineReader.ParseWatermark(watermark), OriginOf(context), context.RequestAborted);
        string? shown = null;
        return ActivityJson.Answer(typing.AddTo(set, conversation, ref shown));
    }

    private static async Task<IResult> StreamAsync(
        string conversation, string? watermark, string? t, HttpContext context, DirectLineTokens tokens, DirectLineStream stream)
    {
        if (tokens.Open(t) != conversation)
            throw new RefusedRequestException(403, "The token is for another conversation.");
        if (!context.WebSockets.IsWebSocketRequest)
            throw new RefusedRequestException(400, "This address is a web socket.");
        var from = DirectLineReader.ParseWatermark(watermark);
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await stream.RunAsync(socket, conversation, from, OriginOf(context), context.RequestAborted);
        return Results.Empty;
    }

    private static string OriginOf(HttpContext context) =>
        $"{(context.Request.IsHttps ? "https" : "http")}://{context.Request.Host}{context.Request.PathBase}";
}
