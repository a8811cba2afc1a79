using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Bot.Channels.WhatsApp.Twilio;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.WhatsApp.Conversations;

/// <summary>Groups that are conversations of Twilio. A chat is asked for by its service's sid, a slash, and its own; the service is left out where nobody told it.</summary>
internal sealed class ConversationsCarrier(IHttpClientFactory clients, TwilioMedia media, IOptions<TwilioOptions> options) : IGroupCarrier
{
    public const string ChannelName = "whatsapp-conversations";

    private const int MostOfAnAnswer = 4 << 20;
    private const int MostPages = 50;

    private static readonly HttpRequestError[] _neverReached =
        [HttpRequestError.ConnectionError, HttpRequestError.NameResolutionError, HttpRequestError.SecureConnectionError];

    public string Channel => ChannelName;

    public bool ListsMembers => options.Value.HasAccount;

    private Uri Base => new(options.Value.ConversationsBaseUrl);

    public Task<string?> NumberAsync(string id, CancellationToken cancellation) => Task.FromResult(WhatsAppAddress.Read(id));

    public async Task<IReadOnlyList<ChatMember>?> MembersAsync(string chat, CancellationToken cancellation)
    {
        var members = new HashSet<string>();
        Uri? page = new(Base, $"{PathOf(chat)}/Participants?PageSize=100");
        for (var number = 0; page is not null; number++)
        {
            if (number == MostPages)
                throw new HttpRequestException("Twilio's list of participants has no end.");
            using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, page), cancellation);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return null;
            if (!response.IsSuccessStatusCode)
                throw new HttpRequestException($"Twilio answered {(int)response.StatusCode} for the participants.", null, response.StatusCode);
            using var list = await ParseAsync(response.Content, cancellation);
            foreach (var participant in list.RootElement.ListOf("participants"))
            {
                if (participant.Of("messaging_binding")?.TextOf("address") is { } address && address != options.Value.FromAddress && WhatsAppAddress.Read(address) is not null)
                    members.Add(address);
            }

            page = NextOf(list.RootElement);
        }

        return [.. members.Select(address => new ChatMember(address))];
    }

    /// <summary>Twilio's media service names a temporary address; both are Twilio's, or nothing is fetched.</summary>
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
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Base, $"{PathOf(chat)}/Messages"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["Author"] = "Atmosphere", ["Body"] = text }),
        };
        try
        {
            using var response = await SendAsync(request, cancellation);
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable)
                throw new TryLaterException($"Twilio answered {(int)response.StatusCode}.", response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(10));
            if ((int)response.StatusCode >= 500)
                throw new HttpRequestException($"Twilio answered {(int)response.StatusCode}.", null, response.StatusCode);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException error) when (_neverReached.Contains(error.HttpRequestError))
        {
            throw new TryLaterException("Twilio could not be reached.", TimeSpan.Zero, error);
        }
    }

    private static string PathOf(string chat) =>
        chat.Split('/') is [var service, var conversation] ? $"v1/Services/{service}/Conversations/{conversation}" : $"v1/Conversations/{chat}";

    private static async Task<JsonDocument> ParseAsync(HttpContent content, CancellationToken cancellation)
    {
        try
        {
            return JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellation));
        }
        catch (JsonException error)
        {
            throw new HttpRequestException("Twilio answered something that is no JSON.", error);
        }
    }

    /// <summary>The token is shown to nobody but the API.</summary>
    private Uri? NextOf(JsonElement list) =>
        list.Of("meta")?.TextOf("next_page_url") is { } next && Uri.TryCreate(next, UriKind.Absolute, out var address)
            && address.GetLeftPart(UriPartial.Authority) == Base.GetLeftPart(UriPartial.Authority)
            ? address
            : null;

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.AccountSid}:{options.Value.AuthToken}")));
        var client = clients.CreateClient(nameof(ConversationsCarrier));
        client.Timeout = options.Value.Timeout;
        client.MaxResponseContentBufferSize = MostOfAnAnswer;
        try
        {
            return await client.SendAsync(request, cancellation);
        }
        catch (TaskCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new HttpRequestException($"Twilio did not answer within {options.Value.Timeout}.", error);
        }
    }
}
