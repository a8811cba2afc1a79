using System.Net;
using System.Net.Http.Headers;
using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Channels.Fetching;

/// <summary>Fetches one file: capped while it is read, in limited time, with every redirect checked like the first address.</summary>
/// <param name="http">Its connections are guarded.</param>
/// <param name="megabytes">The largest file.</param>
internal sealed class FileFetch(HttpClient http, int megabytes)
{
    private const int MostRedirects = 3;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Whether an address may be called, by its text.</summary>
    public required Func<Uri, bool> Allows { get; init; }

    /// <summary>Our credentials for an address; null: it is none of those who may see them.</summary>
    public required Func<Uri, CancellationToken, Task<AuthenticationHeaderValue?>> CredentialsAsync { get; init; }

    /// <exception cref="FileUnavailableException">It cannot be had, now or later.</exception>
    /// <exception cref="HttpRequestException">It could not be fetched now.</exception>
    public async Task<byte[]> RunAsync(string url, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        try
        {
            return await FollowAsync(url, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Not tried again: five times as long would keep other parents waiting, and this one can send it again.
            throw new FileUnavailableException(FileFailure.Missing, $"The file did not arrive within {_patience.TotalSeconds} s.");
        }
        catch (HttpRequestException error) when (AddressRefusedException.In(error) is { } refused)
        {
            throw new FileUnavailableException(FileFailure.Missing, refused.Message);
        }
    }

    private async Task<byte[]> FollowAsync(string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            throw Refused();
        for (var redirect = 0; redirect <= MostRedirects; redirect++)
        {
            if (address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0 || !Allows(address))
                throw Refused();
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Authorization = await CredentialsAsync(address, cancellation);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or >= 400)
                return await ReadAsync(response, cancellation);
            if (!Uri.TryCreate(address, location, out address!))
                throw Refused();
        }

        throw new FileUnavailableException(FileFailure.Missing, "The address of the file leads in circles.");
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.StatusCode is HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500)
            throw new HttpRequestException($"The file's server answered {(int)response.StatusCode}.", null, response.StatusCode);
        if (!response.IsSuccessStatusCode)
            throw new FileUnavailableException(FileFailure.Missing, $"The file's server answered {(int)response.StatusCode}.") { Status = response.StatusCode };
        var largest = megabytes * 1024 * 1024;
        if (response.Content.Headers.ContentLength > largest)
            throw TooLarge();

        using var memory = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        var buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (memory.Length + read > largest)
                throw TooLarge();
            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static FileUnavailableException Refused() => new(FileFailure.Missing, "The file lies at an address that is not called from here.");

    private FileUnavailableException TooLarge() => new(FileFailure.TooLarge, $"The file is larger than {megabytes} MB.");
}
