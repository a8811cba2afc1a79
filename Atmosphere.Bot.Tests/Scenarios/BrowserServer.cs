namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The program for the tests of one class that do not mind what the others left.</summary>
public sealed class BrowserServer : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("atmosphere-browser-").FullName;

    public BrowserServer() => Process = new ServerProcess(_data);

    internal ServerProcess Process { get; }

    public async ValueTask InitializeAsync()
    {
        if (SharedChromium.IsInstalled)
            await Process.StartAsync();
    }

    public ValueTask DisposeAsync()
    {
        Process.Dispose();
        Directory.Delete(_data, recursive: true);
        return ValueTask.CompletedTask;
    }
}
