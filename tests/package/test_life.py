"""The packages' life on a system: installed, used, upgraded under way, removed, purged.

The system is this one, seen through an overlay that takes all that is written: dpkg, its scripts
and the users' tables are real, and this machine stays as it was. Needs root and an overlay file
system; ACCRUE_TEST_ROOT may name another root, as debootstrap makes one.
"""

import glob
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PACKAGES = sys.argv[1]
SOURCE = os.environ["ACCRUE_SOURCE_DIR"]
LOWER = os.environ.get("ACCRUE_TEST_ROOT", "/")
NAMES = ["accrued", "accrue", "libaccrue-dev", "libaccrue0"]
SOCKET = "/run/accrued/accrued.sock"
EVENT = '{"id":"life-%d","type":"x.life.note","agg":"x/life","data":{"n":%d}}\n'

# What a purge may leave: the log; the user whose it is; what dpkg and its triggers keep for
# themselves.
LEFT = re.compile(r"""/var/lib/accrued(/.*)?
    |/etc/(passwd|group|shadow|gshadow)-?|/etc/\.pwd\.lock|/etc/ld\.so\.cache
    |/var/lib/dpkg/(status|status-old|available.*|lock.*|info/.*-new|triggers/.*)
    |/var/cache/ldconfig/aux-cache|/var/log/(dpkg\.log|alternatives\.log)""", re.VERBOSE)


def skip(why):
    print("skipped:", why)
    sys.exit(77)


class Root:
    """An overlay over LOWER, in a mount and process namespace that ends with us."""

    def __init__(self):
        self.place = "/mnt"
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", self.place], check=True)
        self.upper, work, self.path = (os.path.join(self.place, name)
                                       for name in ("upper", "work", "root"))
        for made in (self.upper, work, self.path):
            os.mkdir(made)
        if subprocess.run(["mount", "-t", "overlay", "overlay", "-o", "lowerdir=%s,upperdir=%s,"
                           "workdir=%s" % (LOWER, self.upper, work), self.path],
                          check=False).returncode != 0:
            skip("no overlay file system here")
        for kind, name in (("proc", "proc"), ("tmpfs", "tmp"), ("tmpfs", "run")):
            subprocess.run(["mount", "-t", kind, kind, os.path.join(self.path, name)], check=True)
        subprocess.run(["mount", "--rbind", "/dev", os.path.join(self.path, "dev")], check=True)
        self.forget("/var/lib/man-db/auto-update")  # its trigger takes ten seconds
        self.own_data()

    def forget(self, path):
        if os.path.lexists(self.path + path):
            os.unlink(self.path + path)

    def own_data(self):
        """The log must lie on a file system that keeps its word; the overlay is none."""
        self.data = tempfile.mkdtemp(prefix="accrue-life-")
        target = self.path + "/var/lib/accrued"
        os.makedirs(target, exist_ok=True)
        subprocess.run(["mount", "--bind", self.data, target], check=True)

    def run(self, *words, text=None, check=True):
        done = subprocess.run(["chroot", self.path, *words], input=text, encoding="utf-8",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if check and done.returncode != 0:
            raise AssertionError("%s: %d\n%s" % (" ".join(words), done.returncode, done.stdout))
        return done.stdout

    def read(self, path):
        with open(self.path + path, encoding="utf-8") as file:
            return file.read()

    def changed(self):
        """Files (not folders) that differ from LOWER or are not there; whiteouts are."""
        found = set()
        for folder, folders, files in os.walk(self.upper):
            for name in files + [one for one in folders
                                 if os.path.islink(os.path.join(folder, one))]:
                path = os.path.join(folder, name)
                found.add(path[len(self.upper):])
        return found

    def added_folders(self):
        """Folders that are in the overlay only."""
        return {folder[len(self.upper):] for folder, _, _ in os.walk(self.upper)
                if not os.path.isdir(LOWER + folder[len(self.upper):])}


class Service:
    """The installed unit's command, as the user and with the folders that systemd would give."""

    def __init__(self, root):
        self.root = root
        self.process = None

    def start(self):
        root = self.root
        unit = root.read("/usr/lib/systemd/system/accrued.service")
        command = re.search("(?m)^ExecStart=(.*)$", unit).group(1).split()
        root.run("install", "-d", "-o", "accrued", "-g", "accrued", "-m", "700", "/var/lib/accrued")
        root.run("install", "-d", "-o", "accrued", "-g", "accrued", "-m", "755", "/run/accrued")
        self.process = subprocess.Popen(
            ["chroot", root.path, "setpriv", "--reuid", "accrued", "--regid", "accrued",
             "--init-groups", "--no-new-privs", "--bounding-set", "-all", *command,
             "--ready-fd", "1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        ready = self.process.stdout.readline()
        assert ready.startswith("ready socket=unix:" + SOCKET), self.process.stderr.read()
        return int(re.search(r"seq=(\d+)", ready).group(1))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0, self.process.stderr.read()


def accrue(root, *words, text=None):
    return root.run("accrue", "--socket", SOCKET, *words, text=text)


def next_version(root):
    """The package accrued once more, with the next revision, and a folder to find it in."""
    place = os.path.join(root.path, "packages/next")
    old = glob.glob(os.path.join(PACKAGES, "accrued_*.deb"))[0]
    subprocess.run(["dpkg-deb", "-R", old, place], check=True)
    control = os.path.join(place, "DEBIAN/control")
    with open(control, encoding="utf-8") as file:
        text = file.read()
    with open(control, "w", encoding="utf-8") as file:
        file.write(re.sub(r"(?m)^(Version: .*)-1$", r"\1-2", text))
    subprocess.run(["dpkg-deb", "-b", "--root-owner-group", "-Znone", place, place + ".deb"],
                   check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(place)
    return "/packages/next.deb"


def check_installed(root):
    user = root.run("getent", "passwd", "accrued").strip().split(":")
    assert user[5:] == ["/var/lib/accrued", "/usr/sbin/nologin"], user
    assert int(user[2]) < 1000, user
    assert root.run("systemctl", "is-enabled", "accrued.service").strip() == "enabled"
    for unit in ("accrued.socket", "accrued-http.socket"):
        assert root.run("systemctl", "is-enabled", unit, check=False).strip() == "disabled"
    assert "is good" in root.run("accrued", "--check-config", "--config",
                                 "/etc/accrued/accrued.conf")
    assert "accrued" in root.run("man", "-w", "8", "accrued")
    if shutil.which("fish"):
        assert "outstanding" in root.run("fish", "-c", 'complete -C "accrue outst"')
    if shutil.which("zsh"):
        assert "_accrue" in root.run(
            "zsh", "-c", "autoload -Uz compinit; compinit -u -D; print $_comps[accrue]")


def build_against_it(root):
    """The example of the library, compiled from what is installed, writes an event."""
    shutil.copy(os.path.join(SOURCE, "client/examples/append.c"), root.path + "/packages")
    root.run("sh", "-c", "cd /packages && "
                         "cc append.c -o append $(pkg-config --cflags --libs accrue)")
    assert "libaccrue.so.0 => /" in root.run("ldd", "/packages/append")
    root.run("/packages/append", SOCKET)


def life(root):
    os.mkdir(root.path + "/packages")
    for path in glob.glob(os.path.join(PACKAGES, "*.deb")):
        shutil.copy(path, root.path + "/packages")
    root.run("sh", "-c", "dpkg -i /packages/*.deb")
    check_installed(root)

    service = Service(root)
    first = service.start()
    said = accrue(root, "append", "--json", text=EVENT % (1, 1))
    assert f'"seq": {first + 1}' in said or f'"seq":{first + 1}' in said, said
    build_against_it(root)
    assert root.run("stat", "-c", "%U %a", "/var/lib/accrued").strip() == "accrued 700"

    with open(root.path + "/etc/accrued/accrued.conf", "a", encoding="utf-8") as file:
        file.write("# of the administrator\n")
    root.run("dpkg", "-i", next_version(root))
    assert "# of the administrator" in root.read("/etc/accrued/accrued.conf")
    accrue(root, "append", text=EVENT % (2, 2))  # the old one serves until it is restarted
    service.stop()
    service.start()
    assert '"life-2"' in accrue(root, "get", "life-2", "--json")
    dup = accrue(root, "append", "--json", text=EVENT % (1, 1))
    assert re.search('"dup": ?true', dup), dup
    service.stop()

    root.run("dpkg", "-r", *NAMES)
    assert not os.path.exists(root.path + "/usr/sbin/accrued")
    assert os.path.exists(root.path + "/etc/accrued/accrued.conf")
    said = root.run("dpkg", "-P", "accrued", "libaccrue0")
    assert "the log stays in /var/lib/accrued" in said, said
    assert os.path.exists(root.path + "/var/lib/accrued/data.mdb")
    root.run("getent", "passwd", "accrued")
    check_left(root)


def check_left(root):
    mine = re.compile("/packages(/.*)?|/var/lib/man-db/auto-update|/var/cache/man/.*")
    left = {path for path in root.changed() if not LEFT.fullmatch(path) and not mine.match(path)}
    assert not left, "a purge leaves: %s" % sorted(left)
    folders = {path for path in root.added_folders()
               if not re.fullmatch("/packages|/var/lib/accrued|/var/cache/.*|/tmp/.*", path)}
    assert not folders, "a purge leaves folders: %s" % sorted(folders)


def main():
    if os.geteuid() != 0:
        skip("needs root")
    if os.environ.get("ACCRUE_INSIDE") != "1":
        for program in ("unshare", "chroot", "setpriv", "dpkg", "systemd-sysusers", "pkg-config"):
            if shutil.which(program) is None:
                skip(program + " is not here")
        if subprocess.run(["unshare", "-m", "-p", "-f", "true"], check=False).returncode != 0:
            skip("no namespaces here")
        done = subprocess.run(["unshare", "-m", "-p", "-f", "--kill-child", sys.executable,
                               os.path.abspath(__file__), PACKAGES], check=False,
                              env={**os.environ, "ACCRUE_INSIDE": "1", "LC_ALL": "C.UTF-8",
                                   "HOME": "/tmp"})  # where fish keeps things: not ours to find
        sys.exit(done.returncode)
    try:
        pwd.getpwnam("accrued")
        skip("this system has a user accrued already")
    except KeyError:
        pass
    if os.path.lexists(LOWER + "/etc/accrued"):
        skip("this system has /etc/accrued already")
    root = Root()
    began = time.monotonic()
    try:
        life(root)
    finally:
        shutil.rmtree(root.data, ignore_errors=True)
    print("installed, used, upgraded, removed and purged in %.1f s" % (time.monotonic() - began))


if __name__ == "__main__":
    main()
