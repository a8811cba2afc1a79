using System.Net;
using System.Text.Json;
using Atmosphere.Bot.Channels.Webhooks;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Incoming;
using Microsoft.Extensions.Options;
using Newtonsoft.Json.Linq;
using Twilio.Http;
using Twilio.Rest;
using Twilio.Rest.Conversations.V1.Conversation;
using HttpMethod = Twilio.Http.HttpMethod;
using InService = Twilio.Rest.Conversations.V1.Service.Conversation;
using ParticipantPage = Twilio.Base.Page<Twilio.Rest.Conversations.V1.Conversation.ParticipantResource>;

namespace Atmosphere.Bot.Channels.WhatsApp.Conversations;

/// <summary>
/// Groups that are Twilio conversations. A chat is addressed as service sid, slash, conversation sid; the service sid is omitted if
/// unknown.
/// </summary>
internal sealed class ConversationsCarrier(TwilioApi api, TwilioMedia media, IOptions<TwilioOptions> options) : IGroupCarrier
{
    public const string ChannelName = "whatsapp-conversations";

    private const string Author = "Atmosphere";
    private const int MostPages = 50;

    public string Channel => ChannelName;

    public Recognition.Storage.WayToJoin Way => Recognition.Storage.WayToJoin.TwilioParticipants;

    public bool ListsMembers => options.Value.HasAccount;

    public Task<string?> NumberAsync(string id, CancellationToken cancellation) => Task.FromResult(WhatsAppAddress.Read(id));

    public async Task<IReadOnlyList<ChatMember>?> MembersAsync(string chat, CancellationToken cancellation)
    {
        var members = new HashSet<string>();
        var asked = new Request(HttpMethod.Get, Domain.Conversations, $"{PathOf(chat)}/Participants?PageSize=100");
        for (var number = 0; number < MostPages; number++)
        {
            if (await PageAsync(asked, cancellation) is not { } page)
                return null;
            foreach (var participant in page.Records)
            {
                if (AddressOf(participant) is { } address && address != options.Value.FromAddress && WhatsAppAddress.Read(address) is not null)
                    members.Add(address);
            }

            if (!page.HasNextPage())
                return [.. members.Select(address => new ChatMember(address))];
            asked = new Request(HttpMethod.Get, page.GetNextPageUrl(Domain.Conversations));
        }

        throw new HttpRequestException("Twilio's list of participants has no end.");
    }

    /// <summary>Twilio's media service returns a temporary address; both must be Twilio's, or nothing is downloaded.</summary>
    public async Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation)
    {
        string? address;
        try
        {
            using var described = JsonDocument.Parse(await media.FetchAsync(file, cancellation));
            address = described.RootElement.Of("links")?.TextOf("content_direct_temporary");
        }
        catch (JsonException error)
        {
            throw new HttpRequestException("Twilio's media service answered something that is no JSON.", error);
        }

        return address is null
            ? throw new FileUnavailableException(FileFailure.Missing, "Twilio's media service names no address for the file.")
            : await media.FetchAsync(file with { Url = address }, cancellation);
    }

    public async Task<bool> SayAsync(string chat, string text, CancellationToken cancellation)
    {
        try
        {
            return await api.CallAsync(
                async client =>
                {
                    if (chat.Split('/') is [var service, var conversation])
                        await InService.MessageResource.CreateAsync(new InService.CreateMessageOptions(service, conversation) { Author = Author, Body = text }, client);
                    else
                        await MessageResource.CreateAsync(new CreateMessageOptions(chat) { Author = Author, Body = text }, client);
                    return true;
                },
                cancellation);
        }
        catch (TwilioRefusesException)
        {
            return false;
        }
    }

    /// <summary>Used because the SDK's own paging is synchronous.</summary>
    /// <returns>Null if there is no such conversation.</returns>
    private async Task<ParticipantPage?> PageAsync(Request asked, CancellationToken cancellation)
    {
        try
        {
            return await api.CallAsync(
                async client => ParticipantPage.FromJson("participants", (await client.RequestAsync(asked)).Content), cancellation);
        }
        catch (TwilioRefusesException refusal)
        {
            return refusal.Status == HttpStatusCode.NotFound
                ? null
                : throw new HttpRequestException($"Twilio answered {(int)refusal.Status} for the participants.", null, refusal.Status);
        }
    }

    /// <summary>Twilio documents the binding as free-form JSON.</summary>
    private static string? AddressOf(ParticipantResource participant) =>
        participant.MessagingBinding is JObject binding && binding["address"] is JValue { Type: JTokenType.String, Value: string address } ? address : null;

    private static string PathOf(string chat) =>
        chat.Split('/') is [var service, var conversation] ? $"/v1/Services/{service}/Conversations/{conversation}" : $"/v1/Conversations/{chat}";
}
