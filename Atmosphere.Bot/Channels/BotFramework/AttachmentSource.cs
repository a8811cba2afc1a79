using System.Net;
using System.Net.Http.Headers;
using Atmosphere.Bot.Channels.Doors;
using Atmosphere.Bot.Turns;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Fetches attachments by their contentUrl: capped, with every redirect checked like the first address.</summary>
internal sealed class AttachmentSource(SafeHttp http, IOptions<BotFrameworkOptions> options, AppTokens tokens) : IFileSource
{
    private const int MostRedirects = 3;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public string Channel => ConversationReference.ChannelName;

    public async Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            var address = new Uri(file.Url!, UriKind.Absolute);
            for (var redirect = 0; redirect <= MostRedirects; redirect++)
            {
                Check(address);
                using var response = await GetAsync(address, file.Origin, patience.Token);
                if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
                    address = new Uri(address, location);
                else
                    return await ReadAsync(response, patience.Token);
            }

            throw new FileUnavailableException(FileFailure.Missing, "The address of the file leads in circles.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Not tried again: five times as long would keep other parents waiting, and this one can send it again.
            throw new FileUnavailableException(FileFailure.Missing, $"The file did not arrive within {_patience.TotalSeconds} s.");
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode is HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
            throw new HttpRequestException($"The file's server answered {(int)response.StatusCode}.", null, response.StatusCode);
        if (!response.IsSuccessStatusCode)
            throw new FileUnavailableException(FileFailure.Missing, $"The file's server answered {(int)response.StatusCode}.");
        if (response.Content.Headers.ContentLength > RequestBody.LargestFile)
            throw new FileUnavailableException(FileFailure.TooLarge, "The file is larger than 25 MB.");

        using var memory = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (memory.Length + read > RequestBody.LargestFile)
                throw new FileUnavailableException(FileFailure.TooLarge, "The file is larger than 25 MB.");
            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private void Check(Uri address)
    {
        var isAllowed = address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            && (options.Value.HasApp ? address.Scheme == "https" : LoopbackName.Is(address.Host));
        if (!isAllowed)
            throw new FileUnavailableException(FileFailure.Missing, "The file lies at an address that is not called from here.");
    }

    /// <summary>Our token goes to the service that the request's own token named, and to nobody else.</summary>
    private async Task<HttpResponseMessage> GetAsync(Uri address, string? origin, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (options.Value.HasApp && origin is not null && new Uri(origin).GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAsync(cancellation));
        return await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }
}
