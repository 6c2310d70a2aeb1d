/// AWS as moto's server plays it, for the real command line.
enum Moto {
    /// The first lines of a script: a server until the script ends, which `aws` asks from then on.
    static let start = """
        set -eu
        python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' > port
        moto_server -H 127.0.0.1 -p "$(cat port)" > moto.log 2>&1 &
        server=$!
        trap 'kill "$server"' EXIT
        export AWS_ENDPOINT_URL="http://127.0.0.1:$(cat port)"
        for _ in $(seq 300); do
          kill -0 "$server"
          python3 -c 'import os, urllib.request as r; r.urlopen(os.environ["AWS_ENDPOINT_URL"] + "/moto-api/")' \
            2> /dev/null && break
          sleep 0.2
        done

        """

    /// What `aws` and the scripts for it need; the names of source endpoints depend on the slots.
    static let environment = [
        "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
        "TARGET_ENDPOINT_ARN": "arn:aws:dms:us-east-1:123456789012:endpoint:T",
        "REPLICATION_INSTANCE_ARN": "arn:aws:dms:us-east-1:123456789012:rep:I",
    ]
}
