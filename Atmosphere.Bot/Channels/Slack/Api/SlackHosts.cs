using System.Diagnostics.CodeAnalysis;

namespace Atmosphere.Bot.Channels.Slack.Api;

/// <summary>Checks that addresses supplied in a request belong to Slack before they are called.</summary>
internal static class SlackHosts
{
    private const string Hooks = "hooks.slack.com";

    /// <param name="api">The configured Web API; if it is not Slack's, it is a test server or Slack for governments.</param>
    public static bool IsResponseUrl(string address, Uri api, [NotNullWhen(true)] out Uri? target) =>
        Uri.TryCreate(address, UriKind.Absolute, out target) && target.UserInfo.Length == 0 && (IsHooks(target, api) || IsApi(target, api));

    private static bool IsHooks(Uri target, Uri api) =>
        target.Scheme == Uri.UriSchemeHttps && target.IsDefaultPort && (target.IdnHost == Hooks || target.IdnHost == $"hooks.{api.IdnHost}");

    private static bool IsApi(Uri target, Uri api) => target.Scheme == api.Scheme && target.IdnHost == api.IdnHost && target.Port == api.Port;
}
