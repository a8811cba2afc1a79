using Atmosphere.Bot.Channels.Access;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Atmosphere.Bot.Channels.BotFramework;

/// <summary>
/// Validates a request's token before the body is read: issuer, audience and expiry. <see cref="ChannelAdapter"/> checks the rest against
/// the activity. Only tokens of channels are accepted, not those of the Emulator or of other bots.
/// </summary>
internal sealed class TokenGate(SignIn signIn, IOptions<BotFrameworkOptions> options, ILogger<TokenGate> log)
{
    // IdentityModel's error code for unreadable metadata.
    private const string NoMetadata = "IDX20803";

    // The SDK caches the keys of a metadata address per process, and reads them with the client of the first extractor: this one.
    private readonly Lazy<JwtTokenExtractor> _extractor = new(() => new JwtTokenExtractor(
        signIn.GetHttpClient(),
        new TokenValidationParameters
        {
            ValidIssuers = [options.Value.TokenIssuer],
            ValidAudience = options.Value.AppId,
            ValidateIssuerSigningKey = true,
            // Accept only the key named by the token.
            TryAllIssuerSigningKeys = false,
            ClockSkew = TimeSpan.FromMinutes(5),
        },
        options.Value.OpenIdMetadataUrl,
        AuthenticationConstants.AllowedSigningAlgorithms));

    /// <exception cref="RefusedRequestException">401: no valid token; 503: the keys cannot be read.</exception>
    public async Task CheckAsync(string authorization)
    {
        try
        {
            // The channel is named in the body, so its endorsement is checked later.
            if (await _extractor.Value.GetIdentityAsync(authorization, channelId: "", requiredEndorsements: []) is not null)
                return;
        }
        catch (InvalidOperationException error) when (error.Message.Contains(NoMetadata, StringComparison.Ordinal))
        {
            log.LogWarning("The keys that sign requests could not be read from {Address}", options.Value.OpenIdMetadataUrl);
            throw new RefusedRequestException(503, "The keys that sign requests cannot be read now; try again.");
        }
        catch (Exception error)
        {
            // Claims of unexpected JSON types throw various exceptions, whose messages may quote the token.
            log.LogDebug("A token was refused: {Failure}", error.GetType().Name);
        }

        throw new RefusedRequestException(401, "The request is not authorized: a valid bearer token of the Bot Framework for this app is needed.");
    }
}
