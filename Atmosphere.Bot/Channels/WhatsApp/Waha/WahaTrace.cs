using System.Text.Json;
using Atmosphere.Bot.Channels.Replies;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>
/// Searches a chat for a message whose call had no known outcome. Only certain results count: an unclaimed message with the same text, or
/// no such message for long enough. Containers that keep no chats cannot tell.
/// </summary>
internal sealed class WahaTrace(Database database, WahaApi api, IOptions<WahaOptions> options, TimeProvider clock)
{
    private const int Most = 100;

    // Allowance for different clocks.
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(2);

    public async Task<ReplyTrace> FindAsync(WhatsAppMessage message, string chat, CancellationToken cancellation)
    {
        var began = DateTimeOffset.FromUnixTimeMilliseconds(message.Reply.SendingAt ?? 0);
        if (await ListAsync(chat, cancellation) is not { ValueKind: JsonValueKind.Array } list)
            return new ReplyTrace(TraceKind.Unclear);

        var since = list.EnumerateArray().Where(sent => IsSince(sent, began - _slack)).ToList();
        var under = since.Where(sent => sent.IsTrue("fromMe") && sent.NumberOf("ack") is not < 0)
            .Select(sent => (Key: WahaIds.KeyOf(sent), Text: sent.TextOf("body") ?? "")).ToList();
        if (under.Any(sent => sent.Key is null))
            return new ReplyTrace(TraceKind.Unclear);
        var (free, hasOthers) = await database.ReadAsync(
            async session => (await ReplyStore.UnclaimedAsync(session, [.. under.Select(sent => sent.Key!)]), await ReplyStore.HasOthersInCallAsync(session, message.Reply)),
            cancellation);
        var same = under.Where(sent => free.Contains(sent.Key!) && sent.Text.StartsWith(message.Text, StringComparison.Ordinal)).ToList();
        if (free.Count > 0)
            return same.Count == 1 && !hasOthers ? new ReplyTrace(TraceKind.Found, same[0].Key) : new ReplyTrace(TraceKind.Unclear);
        if (list.GetArrayLength() >= Most && since.Count == list.GetArrayLength())
            return new ReplyTrace(TraceKind.Unclear);

        var rest = began + options.Value.AskAfter - clock.GetUtcNow();
        return rest > TimeSpan.Zero
            ? throw new TryLaterException("The chat does not show the message yet; the container is asked again.", rest) { MayHaveHappened = true }
            : new ReplyTrace(TraceKind.Missing);
    }

    private static bool IsSince(JsonElement sent, DateTimeOffset since) => sent.NumberOf("timestamp") is not { } seconds || seconds >= since.ToUnixTimeSeconds();

    private async Task<JsonElement?> ListAsync(string chat, CancellationToken cancellation)
    {
        try
        {
            var path = $"api/{Uri.EscapeDataString(options.Value.Session)}/chats/{Uri.EscapeDataString(chat)}/messages?limit={Most}&downloadMedia=false&filter.fromMe=true";
            return await api.GetAsync(path, cancellation);
        }
        catch (HttpRequestException error) when (error.StatusCode is System.Net.HttpStatusCode.BadRequest or System.Net.HttpStatusCode.NotImplemented)
        {
            return null;
        }
        catch (Exception error) when (error is HttpRequestException or TryLaterException)
        {
            var rest = error is TryLaterException later ? later.Rest : TimeSpan.Zero;
            throw new TryLaterException("The container does not say now what it has sent.", rest) { MayHaveHappened = true };
        }
    }
}
