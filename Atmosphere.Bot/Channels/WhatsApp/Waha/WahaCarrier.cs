using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Incoming;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Waha;

/// <summary>Groups carried by a WAHA container.</summary>
internal sealed class WahaCarrier(WahaApi api, IOptions<WahaOptions> options) : IGroupCarrier
{
    public const string ChannelName = "whatsapp-waha";

    public string Channel => ChannelName;

    public WayToJoin Way => WayToJoin.WahaParticipants;

    public bool ListsMembers => !string.IsNullOrWhiteSpace(options.Value.BaseUrl);

    private string Session => Uri.EscapeDataString(options.Value.Session);

    public bool Hides(string id) => WahaIds.IsHidden(id);

    public async Task<string?> NumberAsync(string id, CancellationToken cancellation)
    {
        if (!WahaIds.IsHidden(id))
            return WahaIds.Number(id);
        var known = await api.GetAsync($"api/{Session}/lids/{Uri.EscapeDataString(id)}", cancellation);
        return known?.TextOf("pn") is { } number ? WahaIds.Number(number) : null;
    }

    public async Task<IReadOnlyList<ChatMember>?> MembersAsync(string chat, CancellationToken cancellation)
    {
        var list = await api.GetAsync($"api/{Session}/groups/{Uri.EscapeDataString(chat)}/participants/v2", cancellation);
        return list is not { ValueKind: System.Text.Json.JsonValueKind.Array } members
            ? null
            : [.. members.EnumerateArray()
                .Where(member => member.TextOf("role") != "left")
                .Select(member => (Number: PersonOf(member, "pn"), Id: PersonOf(member, "id")))
                .Where(member => member.Number is not null || member.Id is not null)
                .Select(member => new ChatMember(member.Number ?? member.Id!, member.Number is not null && member.Id is not null && WahaIds.IsHidden(member.Id) ? member.Id : null))
                .DistinctBy(member => member.Id)];
    }

    public Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation) => api.FetchAsync(file, cancellation);

    public async Task<bool> SayAsync(string chat, string text, CancellationToken cancellation) =>
        (await api.PostAsync("api/sendText", new { session = options.Value.Session, chatId = chat, text }, cancellation)).IsTaken;

    private static string? PersonOf(System.Text.Json.JsonElement member, string name) =>
        member.TextOf(name) is { } id && WahaIds.IsPerson(id) ? WahaIds.Plain(id) : null;
}
