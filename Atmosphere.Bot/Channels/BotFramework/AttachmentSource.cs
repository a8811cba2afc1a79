using System.Net.Http.Headers;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Fetching;
using Atmosphere.Bot.Incoming;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>Downloads attachments by their contentUrl.</summary>
internal sealed class AttachmentSource(SafeHttp http, IOptions<BotFrameworkOptions> options, SignIn signIn) : IFileSource
{
    public string Channel => BotFrameworkChannel.ChannelName;

    public Task<byte[]> FetchAsync(IncomingFile file, CancellationToken cancellation) =>
        new FileFetch(http.Client, RequestBody.LargestFile >> 20)
        {
            Allows = address => options.Value.HasApp ? address.Scheme == "https" : LoopbackName.Is(address.Host),
            CredentialsAsync = (address, patience) => CredentialsAsync(address, file.Origin, patience),
        }.RunAsync(file.Url!, cancellation);

    /// <summary>Our token is sent only to the service named by the request's own token.</summary>
    private async Task<AuthenticationHeaderValue?> CredentialsAsync(Uri address, string? origin, CancellationToken cancellation) =>
        options.Value.HasApp && origin is not null && new Uri(origin).GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority)
            ? new AuthenticationHeaderValue("Bearer", await signIn.GetTokenAsync(cancellation))
            : null;
}
