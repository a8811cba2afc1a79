using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>The real server in a process of its own, so that it can be killed at any moment and started again on the same data.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly string _data;
    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;

    public ServerProcess(string data, Dictionary<string, string>? settings = null)
    {
        _data = data;
        _settings = settings ?? [];
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
    }

    /// <summary>For tests that post the same photo again and again.</summary>
    public static Dictionary<string, string> EveryPhotoCounts { get; } = new()
    {
        ["Atmosphere__Distribution__BurstDistance"] = "0",
        ["Atmosphere__Distribution__Reposts"] = "00:00:00",
    };

    public Uri Address { get; }

    /// <summary>Everything it printed, for the message of a failing test.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts it and waits until it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _data,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "Atmosphere.Bot.dll"), "serve", "--data", _data, "--urls", Address.ToString() })
            start.ArgumentList.Add(argument);
        foreach (var (key, value) in _settings)
            start.Environment[key] = value;

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await AnswersAsync();
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task AnswersAsync()
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(
            async () =>
            {
                if (_process!.HasExited)
                    throw new InvalidOperationException($"The server stopped with code {_process.ExitCode}:\n{Output}");
                try
                {
                    using var answer = await http.GetAsync(Address);
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the server answers");
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
